import { expect, test } from "vitest";
import { userChangePassword } from "#operations/user/change-password.ts";
import { hashPassword, verifyPassword } from "./password.ts";

test.each([[" with spaces around "], ["cafe\u0301 au lait et croissants"], ["a\ttab and an emoji 😀"]])(
  "a password such as %j is the same when it is set and when it is typed again",
  async (typed) => {
    const { newPassword } = userChangePassword.input.parse({ currentPassword: "x", newPassword: typed });
    expect(await verifyPassword(await hashPassword(newPassword), typed)).toBe(true);
    expect(await verifyPassword(await hashPassword(newPassword), typed.normalize("NFC"))).toBe(true);
    expect(await verifyPassword(await hashPassword(newPassword), `${typed}.`)).toBe(false);
  },
);

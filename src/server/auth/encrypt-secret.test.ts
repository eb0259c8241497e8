import { expect, test } from "vitest";
import { decryptSecret, encryptSecret } from "./encrypt-secret.ts";

test("a secret comes back, and never looks the same twice", () => {
  const [first, second] = [encryptSecret("ünïcode secret", "totp usr_1"), encryptSecret("ünïcode secret", "totp usr_1")];
  expect(first).not.toBe(second);
  expect(first).not.toContain("secret");
  expect([first, second].map((stored) => decryptSecret(stored, "totp usr_1"))).toEqual(["ünïcode secret", "ünïcode secret"]);
});

test("it cannot be moved to somebody else", () => {
  expect(() => decryptSecret(encryptSecret("secret", "totp usr_1"), "totp usr_2")).toThrow();
});

test("a changed character is noticed, wherever it is", () => {
  const stored = encryptSecret("secret", "x");
  for (let at = 0; at < stored.length; at += 1) {
    const changed = `${stored.slice(0, at)}${stored[at] === "A" ? "B" : "A"}${stored.slice(at + 1)}`;
    // The last character of a base64url part has bits that mean nothing.
    const lastOfPart = at === stored.length - 1 || stored[at + 1] === ".";
    if (!lastOfPart) expect(() => decryptSecret(changed, "x"), String(at)).toThrow();
  }
});

test.each(["", "v1", "v1.a.b", "v1..."])("what is none is refused: %s", (stored) => {
  expect(() => decryptSecret(stored, "x")).toThrow();
});

import { expect, test } from "vitest";
import { findFormDraft, saveFormDraft } from "#router/form-drafts.ts";
import { readForm } from "#router/read-form.ts";
import { getOperation } from "#router/registry.ts";
import { AppError } from "#server/errors.ts";
import { arrange, unique } from "#testing/fixtures.ts";

const post = (body: BodyInit, type = "application/x-www-form-urlencoded") =>
  new Request("http://localhost/form", { method: "POST", headers: { "content-type": type }, body, duplex: "half" } as RequestInit);

test("a form is read as text fields", async () => {
  expect(await readForm(post("a=1&b=%C3%A9&c="))).toEqual(
    new Map([
      ["a", "1"],
      ["b", "é"],
      ["c", ""],
    ]),
  );
});

test("a form without a length is stopped where it gets too large", async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1;
      controller.enqueue(new TextEncoder().encode("a&".repeat(10_000)));
    },
  });
  await expect(readForm(post(endless))).rejects.toMatchObject({ code: "TOO_LARGE" });
  expect(sent).toBeLessThan(60);
});

test("how large is too large is a setting", async () => {
  const submit = () =>
    readForm(post("a&".repeat(15_000))).then(
      () => "read",
      (error: AppError) => error.code,
    );
  expect(await submit()).toBe("read");
  const id = "maximumUploadBytes";
  await arrange((db) => db.setting.create({ data: { id, value: 20_000 }, select: { id: true } }));
  await expect.poll(submit, { timeout: 3_000 }).toBe("TOO_LARGE");
  await arrange((db) => db.setting.delete({ where: { id }, select: { id: true } }));
  await expect.poll(submit, { timeout: 3_000 }).toBe("read");
});

test("what is not a form is refused", async () => {
  for (const type of ["multipart/form-data; boundary=x", "text/plain", "application/json"]) {
    await expect(readForm(post("a=1", type))).rejects.toMatchObject({ code: "UNSUPPORTED_MEDIA_TYPE" });
  }
});

test("a refused form is kept for its owner alone, without secrets, whatever was typed", async () => {
  const ownerId = unique();
  const form = new Map([
    ["input.newPassword", "secret"],
    ["targetId", "x"],
    ["a\0b", "x"],
    ["note", `${"x".repeat(1_999)}😀`],
    ["bad", "\0"],
  ]);
  const id = await saveFormDraft({ ownerId, operation: getOperation("user.changePassword"), form, error: new AppError("CONFLICT") });
  const draft = await findFormDraft(id, ownerId);
  expect(Object.keys(draft?.values ?? {}).sort()).toEqual(["note", "targetId"]);
  expect(await findFormDraft(id, "somebody else")).toBeNull();
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { asRole } from "#testing/database.ts";
import { findIdType, idPrefixes, idTime } from "./ids.ts";

const models = readFileSync(new URL("../../prisma/schema.prisma", import.meta.url), "utf8").matchAll(/^model (\w+) \{(.*?)^\}/gms);
const declared = [...models].flatMap(([, model, fields = ""]) => {
  const prefix = /new_id\('(\w+)'\)/.exec(fields)?.[1];
  return prefix ? [[prefix, model]] : [];
});

test("every id that the schema makes is known by its prefix, and no prefix is there twice", () => {
  expect(declared.length).toBeGreaterThan(40);
  expect(declared.toSorted()).toEqual(Object.entries(idPrefixes).toSorted());
});

test("an id that the database made is recognised, and says when that was", async () => {
  const [made] = await asRole("app", async (client) => (await client.query("SELECT new_id('whd') AS id, now() AS at")).rows);
  expect(findIdType(made.id)).toBe("WebhookDelivery");
  expect(Math.abs((idTime(made.id)?.getTime() ?? 0) - made.at.getTime())).toBeLessThan(5_000);
});

const digits = "0123456789abcdef01234567";
test.each([`xyz_${digits}`, `con_${digits}`, `org_${digits}0`, `org_${digits.slice(1)}`, `ORG_${digits}`, "org_", digits])(
  "%s is none of ours",
  (id) => expect(findIdType(id)).toBeNull(),
);

import { z } from "zod";
import { defineOperation } from "#server/operation.ts";

export const apiKeyRevoke = defineOperation({
  name: "apiKey.revoke",
  title: "Revoke API key",
  description: "It stops working at the next request and cannot be brought back.",
  target: "ApiKey",
  allow: { operations: true },
  allowCustomer: { owner: true, admin: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({}),
  unavailable: ({ revokedAt }) => (revokedAt ? "It was revoked already." : null),
  summary: ({ target }) => `Revoke the API key ${target.name} (${target.prefix}…)`,
  consequences: ({ target }) => [`Programs that use ${target.prefix}… are refused from the next request on.`],
  async run({ db, target }) {
    await db.apiKey.update({ where: { id: target.id }, data: { revokedAt: new Date() }, select: { id: true } });
  },
});

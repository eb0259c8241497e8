import { z } from "zod";
import { type ApiScope, apiScopeNames, apiScopes } from "#domain/api-scopes.ts";
import { plural, text } from "#lib/text.ts";
import { createApiKey } from "#server/auth/api-key.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

const mostKeys = 20;
const fields = { monitorsRead: "monitors:read", monitorsWrite: "monitors:write", pingsRead: "pings:read" } as const satisfies Record<
  string,
  ApiScope
>;
const scope = (name: ApiScope) => z.boolean().default(false).meta({ title: name, help: apiScopes[name] });

export const apiKeyCreate = defineOperation({
  name: "apiKey.create",
  title: "Create API key",
  description: "Lets a program work with this organization's monitors. The key is shown once, right after it is made.",
  target: "Organization",
  allowCustomer: { owner: true, admin: true },
  risk: "routine",
  input: z.strictObject({
    name: text({ max: 60 }).meta({ title: "Name", help: "What uses it, such as “deploy script”" }),
    monitorsRead: scope("monitors:read"),
    monitorsWrite: scope("monitors:write"),
    pingsRead: scope("pings:read"),
  }),
  summary: ({ target, input }) => `Create the API key ${input.name} for ${target.name}`,
  consequences: ({ target }) => [`Whoever has the key can act on the monitors of ${target.name} until it is revoked.`],
  async run({ db, target, input, context }) {
    const scopes = apiScopeNames.filter((name) =>
      Object.entries(fields).some(([field, of]) => of === name && input[field as keyof typeof fields]),
    );
    if (scopes.length === 0)
      throw new AppError("INVALID_INPUT", {
        details: { fields: { "input.monitorsRead": "Choose at least one thing that the key may do." } },
      });
    if ((await db.apiKey.count({ where: { organizationId: target.id, revokedAt: null } })) >= mostKeys)
      throw new AppError("CONFLICT", { userMessage: `There are ${plural(mostKeys, "key")} already. Revoke one that nothing uses.` });
    const { key, prefix, keyHash } = createApiKey();
    const { id } = await db.apiKey.create({
      data: { organizationId: target.id, name: input.name, prefix, keyHash, scopes, createdById: context.actor.id },
      select: { id: true },
    });
    return { apiKeyId: id, key };
  },
  shownOnce: ({ key }) => ({
    title: "Your new API key",
    explanation: "Copy it now: only its fingerprint is kept, so it cannot be shown again. Treat it like a password.",
    secrets: [key],
  }),
});

import { expect, test } from "vitest";
import { createApiKey } from "#server/auth/api-key.ts";
import { mailedSecret } from "#server/auth/mailed-secret.ts";
import { newTotpSecret, totpAddress } from "#server/auth/second-factor.ts";
import { writeTicket } from "#server/auth/ticket.ts";
import { createSigningSecret } from "#server/webhook-signature.ts";
import { asRole } from "#testing/database.ts";
import { withoutSecrets, withoutSecretsIn } from "./without-secrets.ts";

const hex = "0123456789abcdef";
const id = `tok_${hex}01234567`;

test("an API key is left with its prefix, wherever it stands and however much of it is there", () => {
  const { key, prefix } = createApiKey();
  expect(withoutSecrets(key)).toBe(prefix);
  expect(withoutSecrets(key.slice(0, 30))).toBe(prefix);
  expect(withoutSecrets(prefix)).toBe(prefix);
  expect(withoutSecrets(`They sent ${key}, and ${key}!`)).toBe(`They sent ${prefix}, and ${prefix}!`);
  expect(withoutSecrets(`Bearer:${key}`)).toBe(`Bearer:${prefix}`);
  expect(withoutSecrets(key.slice(prefix.length + 1).replace(/^.../, "aB3"))).toBe("[secret]");
});

test("what signs webhooks, what a mail carries, what sets up a second factor, a session and a ping address are taken out", async () => {
  expect(withoutSecrets(`is ${createSigningSecret()} right?`)).toBe("is whsec_[secret] right?");
  expect(withoutSecrets("sk_live_abcDEF123 rk_test_x")).toBe("sk_live_[secret] rk_test_[secret]");
  expect(withoutSecrets(`https://app.example/reset?token=${mailedSecret(id)}&x=1`)).toBe(
    `https://app.example/reset?token=${id}.[secret]&x=1`,
  );
  const totp = newTotpSecret();
  expect(withoutSecrets(`code ${totp}`)).toBe("code [secret]");
  expect(withoutSecrets(totpAddress({ secret: totp, email: "a@b.example" }))).not.toContain(totp);
  expect(withoutSecrets(`cookie=${await writeTicket("beginSession", "x")}; a`)).toBe("cookie=[secret]; a");
  const [made] = await asRole("app", async (client) => (await client.query("SELECT new_secret() AS secret")).rows);
  expect(withoutSecrets(`https://ping.example/ping/${made.secret}/fail`)).toBe("https://ping.example/ping/[secret]/fail");
  expect(withoutSecrets("use ab2cd-efgh3 or AB2CD-EFGH3.")).toBe("use [secret] or [secret].");
});

test.each([
  "maria.delgado@northwind.example",
  "Nightly backup of Northwind, 12:30",
  "north-winds",
  "a-very-long-slug-of-a-company-with-many-words-in-2026",
  "12345-67890",
  "SUP-2026-000123",
  id,
  "8b1f6a52-0c0e-4c2e-9d86-3f8f5f0e6a11",
  "in_1PqRsTuVwXyZ0123456789Ab",
  "cus_QwErTyUiOpAsDf",
  "subscription.extendTrial",
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
])("%s is no secret", (text) => {
  expect(withoutSecrets(text)).toBe(text);
});

test("each text of an object is cleaned; all else stays", () => {
  expect(withoutSecretsIn({ q: "whsec_x", outcome: "denied", most: 5, none: undefined })).toEqual({
    q: "whsec_[secret]",
    outcome: "denied",
    most: 5,
    none: undefined,
  });
});

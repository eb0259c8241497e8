import type { LinkTools, Mail } from "#domain/mails/mail.ts";
import * as mails from "#domain/mails/registry.ts";
import type { InputJsonObject } from "#generated/prisma/internal/prismaNamespace.ts";
import type { Effect } from "./effect.ts";

export type Recipient = { email: string; name: string };
export type MailPayload = { mail: string; to: Recipient; data: InputJsonObject };

const withoutSecrets: LinkTools = { withSecret: (path) => path };

/** A mail to one person. Names them, not their address, where a preview tells of it. */
export function mail<Name extends string, Data extends InputJsonObject>(
  kind: Mail<Name, Data>,
  { to, data }: { to: Recipient; data: Data },
): Effect {
  const { subject } = kind.write(data, withoutSecrets);
  return {
    name: `mail ${kind.name}`,
    queue: "mail",
    whileImpersonating: kind.whileImpersonating,
    urgent: kind.urgent ?? false,
    payload: { mail: kind.name, to: { email: to.email, name: to.name }, data } satisfies MailPayload,
    words: `E-mail “${subject}” to ${to.name}`,
  };
}

/** The kind of mail with this name; null for one that this version does not know any more. */
export function findMail(name: string): Mail<string, Record<string, unknown>> | null {
  const all: readonly Mail<string, never>[] = Object.values(mails);
  return (all.find((kind) => kind.name === name) as Mail<string, Record<string, unknown>> | undefined) ?? null;
}

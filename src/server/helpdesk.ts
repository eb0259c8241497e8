import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { text } from "#lib/text.ts";
import { reader, writer } from "./db.ts";
import { AppError } from "./errors.ts";
import { signWebhook } from "./webhook-signature.ts";

export const helpdeskSignatureHeader = "helpdesk-signature";
const window = 5 * 60 * 1_000;

const supportCase = z.strictObject({
  id: text({ max: 64 }),
  organizationId: text({ max: 64 }).nullable(),
  subject: text({ max: 300 }),
  open: z.boolean(),
  url: z
    .url({ protocol: /^https$/ })
    .max(500)
    .nullable(),
  updatedAt: z.iso.datetime(),
});

/** Throws UNAUTHENTICATED unless the helpdesk signed this very body, in the last five minutes. */
export function requireHelpdeskSignature({ secret, header, body }: { secret: string; header: string | null; body: string }): void {
  const [, seconds = "", signature = ""] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? "") ?? [];
  const at = new Date(Number(seconds) * 1_000);
  const isFresh = seconds !== "" && Math.abs(Date.now() - at.getTime()) <= window;
  if (!isFresh || !isSame(signWebhook({ secret, body, at }), `t=${Number(seconds)},v1=${signature}`))
    throw new AppError("UNAUTHENTICATED", { userMessage: "The signature is missing, wrong or older than five minutes." });
}

/** Keeps the helpdesk's word about one case, unless a newer one is known already. */
export async function takeSupportCase(body: string): Promise<void> {
  const parsed = supportCase.safeParse(parseJson(body));
  if (!parsed.success) throw new AppError("INVALID_INPUT", { userMessage: z.prettifyError(parsed.error) });
  const { id, organizationId, subject, open, url, updatedAt } = parsed.data;
  if (organizationId && !(await reader().organization.findUnique({ where: { id: organizationId }, select: { id: true } })))
    throw new AppError("INVALID_INPUT", { userMessage: "There is no such organization." });
  await writer().$executeRaw`
    INSERT INTO "SupportCase" ("id", "organizationId", "subject", "open", "url", "updatedAt")
    VALUES (${id}, ${organizationId}, ${subject}, ${open}, ${url}, ${updatedAt}::timestamptz)
    ON CONFLICT ("id") DO UPDATE SET "organizationId" = excluded."organizationId", "subject" = excluded."subject",
      "open" = excluded."open", "url" = excluded."url", "updatedAt" = excluded."updatedAt"
    WHERE "SupportCase"."updatedAt" <= excluded."updatedAt"`;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AppError("INVALID_INPUT", { userMessage: "This is not JSON.", cause });
  }
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

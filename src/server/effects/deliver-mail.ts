import { createTransport, type Transporter } from "nodemailer";
import type { LinkTools } from "#domain/mails/mail.ts";
import { env } from "#env.ts";
import { letterAsHtml, letterAsText, type PrintedLetter } from "#lib/letter.ts";
import { originOf } from "../auth/hosts.ts";
import { mailedSecret } from "../auth/mailed-secret.ts";
import type { EffectJob } from "./effect.ts";
import { findMail, type MailPayload } from "./mail.ts";

let transport: Transporter | undefined;

const links: LinkTools = {
  withSecret: (path, tokenId) => `${path}${path.includes("?") ? "&" : "?"}token=${encodeURIComponent(mailedSecret(tokenId))}`,
};

/**
 * Sends one mail. Its Message-ID follows from the job, so that a mail sent again after a crash is recognised as the
 * same by whoever receives it. Throws what the mail server says; `isPermanent` tells whether trying again can help.
 */
export async function deliverMail(jobId: string, { payload, origin }: EffectJob<MailPayload>): Promise<{ messageId: string }> {
  const kind = findMail(payload.mail);
  if (!kind) throw new Error(`There is no mail called ${payload.mail}.`);
  const { subject, paragraphs, action } = kind.write(payload.data, links);
  const { APP_URL, MAIL_FROM } = env();
  const { actedBy } = origin;
  const letter: PrintedLetter = {
    subject,
    paragraphs: actedBy ? [...paragraphs, `${actedBy.actor} of our staff did this on behalf of ${actedBy.onBehalfOf}.`] : paragraphs,
    action: action && { label: action.label, url: new URL(action.path, originOf(action.path)).href },
  };
  const messageId = `<${jobId}@${new URL(APP_URL).hostname}>`;
  transport ??= createTransport({
    url: env().SMTP_URL,
    pool: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  await transport.sendMail({
    from: MAIL_FROM,
    to: { name: payload.to.name, address: payload.to.email },
    messageId,
    subject,
    text: letterAsText(letter),
    html: letterAsHtml(letter),
    headers: { "Auto-Submitted": "auto-generated", ...(actedBy ? { "X-Acted-By": "staff" } : {}) },
  });
  return { messageId };
}

/** The server said that it will never take this mail. */
export function isPermanent(error: unknown): boolean {
  const code = (error as { responseCode?: number }).responseCode;
  return code !== undefined && code >= 500;
}

export function closeMailTransport(): void {
  transport?.close();
  transport = undefined;
}

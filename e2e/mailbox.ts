import { expect } from "@playwright/test";

type Mail = { id: string; to: string[]; subject: string; text: string };

/** The mails to this address, newest first. */
export async function mailsTo(address: string): Promise<Mail[]> {
  const response = await fetch(`${process.env.E2E_MAILBOX_URL}/messages.json?${new URLSearchParams({ to: address })}`);
  return (await response.json()) as Mail[];
}

/** Waits for a mail with this subject to this address. */
export async function mailTo(address: string, subject: string): Promise<Mail> {
  let found: Mail | undefined;
  await expect
    .poll(
      async () => {
        found = (await mailsTo(address)).find((mail) => mail.subject === subject);
        return found !== undefined;
      },
      { message: `the mail “${subject}” to ${address}`, timeout: 20_000 },
    )
    .toBe(true);
  return found as Mail;
}

/** The path that the mail leads to, with its secret. */
export function linkIn({ text }: Mail): string {
  const [address = ""] = /https?:\/\/\S+/.exec(text) ?? [];
  const url = new URL(address);
  return `${url.pathname}${url.search}`;
}

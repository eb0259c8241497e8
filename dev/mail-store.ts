import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import PostalMime, { type Email } from "postal-mime";
import { writePrivate } from "./private-file.ts";
import { StartError } from "./start-error.ts";

export type Mail = {
  id: string;
  /** Empty where the message has none; such a message is never a duplicate. */
  messageId: string;
  from: string;
  /** To whom it was delivered, which is what the envelope says and not the header. */
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** By lower-case name; what occurs more than once is joined by line breaks. */
  headers: Record<string, string>;
  attachments: { filename: string; mimeType: string; size: number }[];
  arrivals: number;
  receivedAt: string;
};
export type Delivery = { raw: Buffer; from: string; to: string[] };
export type MailStore = ReturnType<typeof createMailStore>;

const most = 1_000;

/** Keeps the newest messages, one file each. Like a real mailbox it keeps one message that is delivered again only once. */
export function createMailStore(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const mails = readAll(folder);
  let last = Number(mails.at(-1)?.id ?? 0);
  return {
    newestFirst: (to = "") => mails.filter((mail) => to === "" || mail.to.some((address) => isSame(address, to))).reverse(),
    find: (id: string) => mails.find((mail) => mail.id === id),
    async receive(delivery: Delivery) {
      const email = await PostalMime.parse(delivery.raw);
      const known = mails.find((mail) => isDuplicate(mail, email, delivery));
      if (known) known.arrivals += 1;
      else last = Math.max(Date.now(), last + 1);
      const mail = known ?? toMail(String(last), email, delivery);
      writePrivate(fileOf(folder, mail.id), mail);
      if (!known) mails.push(mail);
      for (const { id } of mails.splice(0, mails.length - most)) rmSync(fileOf(folder, id), { force: true });
    },
    clear() {
      for (const { id } of mails.splice(0)) rmSync(fileOf(folder, id), { force: true });
    },
  };
}

function isDuplicate(mail: Mail, { messageId }: Email, { to }: Delivery) {
  return (
    messageId !== undefined && mail.messageId === messageId && mail.to.length === to.length && to.every((one) => mail.to.includes(one))
  );
}

function toMail(id: string, email: Email, { from, to }: Delivery): Mail {
  const headers: Record<string, string> = {};
  for (const { key, value } of email.headers) headers[key] = key in headers ? `${headers[key]}\n${value}` : value;
  return {
    id,
    messageId: email.messageId ?? "",
    from: headers.from ?? from,
    to,
    subject: email.subject ?? "",
    text: email.text ?? "",
    html: email.html ?? "",
    headers,
    attachments: email.attachments.map(({ filename, mimeType, content }) => ({
      filename: filename ?? "without a name",
      mimeType,
      size: typeof content === "string" ? Buffer.byteLength(content) : content.byteLength,
    })),
    arrivals: 1,
    receivedAt: new Date(Number(id)).toISOString(),
  };
}

// An id is the time of arrival in milliseconds, made unique, so the names of the files are in order.
function readAll(folder: string): Mail[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files.sort().map((name) => {
    const file = join(folder, name);
    try {
      return JSON.parse(readFileSync(file, "utf8"));
    } catch {
      throw new StartError(`${file} is damaged: remove it.`);
    }
  });
}

function fileOf(folder: string, id: string) {
  return join(folder, `${id}.json`);
}

function isSame(one: string, other: string) {
  return one.toLowerCase() === other.trim().toLowerCase();
}

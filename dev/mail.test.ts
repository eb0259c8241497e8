import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import nodemailer, { type SendMailOptions } from "nodemailer";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MailServer, startMailServer } from "./mail.ts";
import type { Fault } from "./mail-faults.ts";
import { createMailStore, type Mail } from "./mail-store.ts";
import { findFreePort } from "./ports.ts";

let dataDir: string;
let server: MailServer;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "countersign-mail-"));
  server = await start();
});
afterEach(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe("delivery", () => {
  test("a message is kept with its parts, headers and recipients", async () => {
    await send({
      to: "Ada <ada@example.com>",
      bcc: "hidden@example.com",
      subject: "Zürich – 50 %",
      text: "Hello, https://example.com/a?b=c&d=é.",
      html: "<p>Hello</p>",
      headers: { "Auto-Submitted": "auto-generated" },
      attachments: [{ filename: "data.csv", content: "a,b\n" }],
    });
    const [mail] = await received();
    expect(mail).toMatchObject({
      from: "Countersign <no-reply@countersign.example>",
      to: ["ada@example.com", "hidden@example.com"],
      subject: "Zürich – 50 %",
      html: expect.stringContaining("<p>Hello</p>"),
      arrivals: 1,
      attachments: [{ filename: "data.csv", mimeType: "text/csv", size: 4 }],
    });
    expect(mail?.text.trim()).toBe("Hello, https://example.com/a?b=c&d=é.");
    expect(mail?.messageId).toMatch(/^<.+@.+>$/);
    expect(mail?.headers["auto-submitted"]).toBe("auto-generated");
    expect(Date.now() - Date.parse(mail?.receivedAt ?? "")).toBeLessThan(10_000);
  });

  test("messages are listed newest first, and by recipient whatever the case", async () => {
    for (const to of ["a@example.com", "b@example.com", "a@example.com"]) await send({ to });
    const all = await received();
    expect(all.map(({ to }) => to[0])).toEqual(["a@example.com", "b@example.com", "a@example.com"]);
    expect(all.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    expect(await received("B@Example.com")).toHaveLength(1);
    expect(await received("c@example.com")).toEqual([]);
  });

  test("a message that is delivered again is accepted, kept once and counted", async () => {
    const again = { to: "a@example.com", messageId: "<one@example.com>" };
    for (let count = 0; count < 3; count += 1) await send(again);
    expect(await received()).toMatchObject([{ messageId: "<one@example.com>", arrivals: 3 }]);
  });

  test("the same message to somebody else, and another message to the same person, are no duplicates", async () => {
    await send({ to: "a@example.com", messageId: "<one@example.com>" });
    await send({ to: "b@example.com", messageId: "<one@example.com>" });
    await send({ to: "a@example.com", messageId: "<two@example.com>" });
    expect((await received()).map(({ arrivals }) => arrivals)).toEqual([1, 1, 1]);
  });

  test("messages and what was counted survive a restart, until they are deleted", async () => {
    for (let count = 0; count < 2; count += 1) await send({ to: "a@example.com", messageId: "<one@example.com>" });
    await server.stop();
    server = await start();
    await send({ to: "a@example.com", messageId: "<one@example.com>" });
    expect(await received()).toMatchObject([{ arrivals: 3 }]);
    expect((await fetch(`${server.mailboxUrl}/messages`, { method: "DELETE" })).status).toBe(200);
    expect(await received()).toEqual([]);
    expect(readdirSync(join(dataDir, "mail"))).toEqual([]);
  });

  test("only the newest thousand are kept", async () => {
    const folder = join(dataDir, "other");
    const store = createMailStore(folder);
    for (let count = 1; count <= 1_002; count += 1)
      await store.receive({ raw: Buffer.from(`Subject: ${count}\n\n`), from: "", to: ["a@example.com"] });
    expect(readdirSync(folder)).toHaveLength(1_000);
    const kept = createMailStore(folder).newestFirst();
    expect([kept.at(0)?.subject, kept.at(-1)?.subject]).toEqual(["1002", "3"]);
  });
});

describe("faults", () => {
  test("refuse: a passing error at the recipient, nothing is kept, and the next one gets through", async () => {
    await setFault({ mode: "refuse", next: 1 });
    await expect(send({ to: "a@example.com" })).rejects.toMatchObject({ responseCode: 451 });
    expect(await received()).toEqual([]);
    await send({ to: "a@example.com" });
    expect(await received()).toHaveLength(1);
  });

  test("reject: a lasting error at the recipient, until it is switched off", async () => {
    await setFault({ mode: "reject" });
    for (let count = 0; count < 2; count += 1) await expect(send({ to: "a@example.com" })).rejects.toMatchObject({ responseCode: 550 });
    await setFault({ mode: "none" });
    await send({ to: "a@example.com" });
    expect(await received()).toHaveLength(1);
  });

  test("drop: the message is kept and the sender cannot know; sending it again makes no second one", async () => {
    await setFault({ mode: "drop", next: 1 });
    const mail = { to: "a@example.com", messageId: "<one@example.com>" };
    await expect(send(mail)).rejects.toMatchObject({ code: expect.stringMatching(/ECONNECTION|ESOCKET|ETIMEDOUT/) });
    expect(await received()).toMatchObject([{ arrivals: 1 }]);
    await send(mail);
    expect(await received()).toMatchObject([{ arrivals: 2 }]);
  });

  test("slow: the answer takes seconds", async () => {
    await setFault({ mode: "slow", next: 1 });
    const start = Date.now();
    await send({ to: "a@example.com" });
    expect(Date.now() - start).toBeGreaterThan(2_500);
  });

  test("what is no fault is refused, and so are other types than JSON and other sites", async () => {
    const json = { "content-type": "application/json" };
    const post = async (body: string, headers: Record<string, string>) =>
      (await fetch(`${server.mailboxUrl}/faults`, { method: "POST", body, headers })).status;
    expect(await post('{"mode":"explode"}', json)).toBe(400);
    expect(await post("{", json)).toBe(400);
    expect(await post('{"mode":"reject"}', { "content-type": "text/plain" })).toBe(403);
    expect(await post('{"mode":"reject"}', { ...json, origin: "https://elsewhere.example" })).toBe(403);
    expect(await (await fetch(`${server.mailboxUrl}/faults`)).json()).toEqual({ mode: "none" });
  });
});

describe("the mailbox's pages", () => {
  test("an empty one says what to do", async () => {
    expect(await pageOf("/")).toContain("No mail yet");
    expect(await pageOf("/?to=%3Cb%3E")).toContain("&#60;b&#62;");
  });

  test("the list leads to a message, with its links, and its HTML behind a sandbox without scripts", async () => {
    const mail = { to: "a@example.com", messageId: "<one@example.com>", subject: "<b>Hi</b>", text: "See https://example.com/x?a=1&b=2." };
    const html = "<!doctype html><html><head><title>t</title></head><body><script>1</script>";
    for (let count = 0; count < 2; count += 1) await send({ ...mail, html });
    const [{ id = "" } = {}] = await received();
    const list = await pageOf("/?to=a@example.com");
    expect(list).toContain(`<a href="/messages/${id}">&#60;b&#62;Hi&#60;/b&#62;</a> <small>arrived 2 times</small>`);
    expect(list).toMatch(/<time datetime="[^"]+Z">[^<]+ UTC<\/time>/);
    const page = await pageOf(`/messages/${id}`);
    expect(page).toContain('<a href="https://example.com/x?a=1&#38;b=2">https://example.com/x?a=1&#38;b=2</a>.');
    expect(page).toMatch(/<iframe [^>]*sandbox="(?![^"]*(allow-scripts|allow-same-origin))/);
    const frame = await fetch(`${server.mailboxUrl}/messages/${id}/html`);
    expect(frame.headers.get("content-security-policy")).toMatch(/^sandbox (?!.*allow-(scripts|same-origin)).*default-src 'none'/);
    expect(await frame.text()).toContain('<head><base target="_top"><title>');
  });

  test("what is not there is not found, and another name for this machine or another site gets nothing", async () => {
    expect((await fetch(`${server.mailboxUrl}/messages/1`)).status).toBe(404);
    expect((await fetch(`${server.mailboxUrl}/messages.json`, { method: "PUT" })).status).toBe(404);
    expect((await fetch(`${server.mailboxUrl}/messages.json`, { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(403);
    expect(await statusUnderName("localhost")).toBe(200);
    expect(await statusUnderName("rebound.example")).toBe(403);
  });
});

async function start(): Promise<MailServer> {
  return startMailServer({ smtpPort: await findFreePort(), webPort: await findFreePort(), dataDir });
}

async function send(mail: SendMailOptions): Promise<void> {
  const transport = nodemailer.createTransport(server.smtpUrl);
  await transport.sendMail({ from: "Countersign <no-reply@countersign.example>", subject: "Hello", text: "Hello", ...mail });
}

async function received(to = ""): Promise<Mail[]> {
  return (await fetch(`${server.mailboxUrl}/messages.json?to=${encodeURIComponent(to)}`)).json();
}

async function setFault(fault: Fault): Promise<void> {
  const headers = { "content-type": "application/json" };
  await fetch(`${server.mailboxUrl}/faults`, { method: "POST", headers, body: JSON.stringify(fault) });
}

async function pageOf(path: string): Promise<string> {
  return (await fetch(`${server.mailboxUrl}${path}`)).text();
}

async function statusUnderName(host: string): Promise<number | undefined> {
  const response = await new Promise<IncomingMessage>((resolve) =>
    get(`${server.mailboxUrl}/messages.json`, { headers: { host } }, resolve),
  );
  response.resume();
  return response.statusCode;
}

import { z } from "zod";
import { exportDays } from "#domain/export-scopes.ts";
import { exportReady } from "#domain/mails/export-ready.ts";
import { email, text } from "#lib/text.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";

export const dataExportComplete = defineOperation({
  name: "dataExport.complete",
  title: "Complete a data export",
  description: "The file is there; whoever asked for it is told.",
  target: "DataExport",
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({
    sha256: z.hash("sha256").meta({ title: "SHA-256" }),
    bytes: z.int().positive().meta({ title: "Size in bytes" }),
    recipients: z
      .array(z.strictObject({ email: email(), name: text() }))
      .max(100)
      .meta({ title: "Who is told" }),
  }),
  unavailable: ({ state }) => (state === "pending" ? null : "It is finished already."),
  summary: ({ target }) => `The export of ${target.organization.name} is ready`,
  async run({ db, target, input: { sha256, bytes, recipients }, effect }) {
    const readyAt = new Date();
    const expiresAt = new Date(readyAt.getTime() + exportDays * 24 * 60 * 60 * 1_000);
    await db.dataExport.update({
      where: { id: target.id },
      data: { state: "ready", sha256, bytes, readyAt, expiresAt },
      select: { id: true },
    });
    const { name, slug } = target.organization;
    for (const to of recipients)
      effect(mail(exportReady, { to, data: { organizationName: name, slug, sha256, expiresAt: expiresAt.toISOString() } }));
  },
});

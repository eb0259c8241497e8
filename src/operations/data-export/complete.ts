import { z } from "zod";
import { exportDays } from "#domain/export-scopes.ts";
import { exportReady } from "#domain/mails/export-ready.ts";
import { exportReadyForStaff } from "#domain/mails/export-ready-for-staff.ts";
import { email, text } from "#lib/text.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const dataExportComplete = defineOperation({
  name: "dataExport.complete",
  title: "Complete a data export",
  description: "The file is there; whoever asked for it is told.",
  target: "DataExport",
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({
    recipients: z
      .array(z.strictObject({ email: email(), name: text() }))
      .max(100)
      .meta({ title: "Who is told" }),
  }),
  unavailable: ({ state }) => (state === "pending" ? null : "It is finished already."),
  summary: ({ target }) => `The export of ${target.organization.name} is ready`,
  async run({ db, target, input: { recipients }, effect }) {
    const [file] = await db.$queryRaw<{ sha256: string; bytes: number }[]>`
      SELECT encode(sha256("content"), 'hex') AS "sha256", octet_length("content") AS "bytes" FROM "DataExportFile" WHERE "id" = ${target.id} FOR SHARE`;
    if (!file) throw new AppError("CONFLICT", { userMessage: "There is no file yet." });
    const { sha256, bytes } = file;
    const readyAt = new Date();
    const expiresAt = new Date(readyAt.getTime() + exportDays * 24 * 60 * 60 * 1_000);
    await db.dataExport.update({
      where: { id: target.id },
      data: { state: "ready", sha256, bytes, readyAt, expiresAt },
      select: { id: true },
    });
    const { id: organizationId, name: organizationName, slug } = target.organization;
    for (const to of recipients)
      effect(mail(exportReady, { to, data: { organizationName, slug, sha256, expiresAt: expiresAt.toISOString() } }));
    const staff = target.requestedByStaffId
      ? await db.staffMember.findUnique({ where: { id: target.requestedByStaffId }, select: { name: true, email: true } })
      : null;
    if (staff) effect(mail(exportReadyForStaff, { to: staff, data: { organizationId, organizationName, sha256 } }));
  },
});

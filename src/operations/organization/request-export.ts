import { z } from "zod";
import { type ExportScope, exportDays, exportHoursForStaff, exportScopeNames, exportScopes } from "#domain/export-scopes.ts";
import { prepareExport } from "#server/effects/export-job.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";

const part = (scope: ExportScope) => z.boolean().default(false).meta({ title: exportScopes[scope] });

export const organizationRequestExport = defineOperation({
  name: "organization.requestExport",
  title: "Export data",
  description: `A copy of the organization's data as one ZIP file. Its owners can download it, for ${exportDays} days.`,
  target: "Organization",
  allow: { engineering: true },
  allowCustomer: { owner: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({
    people: part("people"),
    monitors: part("monitors"),
    pings: part("pings"),
    integrations: part("integrations"),
    invoices: part("invoices"),
    audit: part("audit"),
  }),
  defaults: () => ({ people: true, monitors: true, pings: true, integrations: true, invoices: true, audit: true }),
  summary: ({ target, input }) =>
    `Export the data of ${target.name}: organization${exportScopeNames
      .filter((scope) => input[scope])
      .map((scope) => `, ${scope}`)
      .join("")}`,
  consequences: ({ target }) => [
    `The owners of ${target.name} can download the file for ${exportDays} days.`,
    `A member of the staff who asks for it can as well, for ${exportHoursForStaff} hours, and nobody else. Each download is recorded.`,
  ],
  next: ({ organizationId }) => `/admin/organizations/${organizationId}/exports`,
  async run({ db, target, input, context: { actor }, effect }) {
    if ((await db.dataExport.count({ where: { organizationId: target.id, state: "pending" } })) > 0)
      throw new AppError("CONFLICT", { userMessage: "An export is being prepared already. Wait until it is ready." });
    const { id } = await db.dataExport.create({
      data: {
        organizationId: target.id,
        ...(actor.type === "staff" && { requestedByStaffId: actor.id }),
        requestedByLabel: actor.type === "staff" ? `${actor.label} (staff)` : actor.label,
        scopes: exportScopeNames.filter((scope) => input[scope]),
      },
      select: { id: true },
    });
    // Staff ask on the customer's behalf: what comes of it is the owners', who are told.
    const recipients = actor.type === "user" ? [{ email: actor.email, name: actor.label }] : await ownersOf(db, target.id);
    effect(prepareExport({ exportId: id, recipients }));
    return { exportId: id, organizationId: target.id };
  },
});

import { planIds } from "#domain/prices.ts";
import { isSettingKey } from "#domain/settings.ts";
import { Prisma } from "#generated/prisma/client.ts";
import { findIdType, type IdType, idTime } from "#lib/ids.ts";
import { isUuid } from "#lib/uuid.ts";
import { reader } from "#server/db.ts";
import { isJob } from "#server/jobs/find-job.ts";
import { findBillingPath } from "./find-billing-path.ts";

/** Where staff see a row: on a page of its own, among all of its kind, or with what it belongs to. Else only the audit knows it. */
type Place =
  | { page: (id: string) => string }
  | { of: IdType; by: string; under?: string }
  | { find: (id: string) => Promise<string | null> }
  | "audit";

const pageIn = (folder: string) => ({ page: (id: string) => `/admin/${folder}/${id}` });
const onStaffList = { page: () => "/admin/staff" };
const ofOrganization = { of: "Organization", by: "organizationId" } as const;
const ofUser = { of: "User", by: "userId" } as const;
const ofImpersonation = { of: "Impersonation", by: "impersonationId" } as const;

const places = {
  AccessRequest: ofOrganization,
  AccountToken: ofUser,
  Alarm: { of: "AuditEvent", by: "firstEventId" },
  ApiKey: ofOrganization,
  AuditChange: { of: "AuditEvent", by: "eventId" },
  AuditEvent: pageIn("audit"),
  BillingDrift: { ...ofOrganization, under: "/billing" },
  BulkRun: pageIn("bulk"),
  DataExport: { ...ofOrganization, under: "/exports" },
  Deactivation: ofOrganization,
  FormDraft: "audit",
  // Nobody reads these but who takes one.
  HandoverCode: "audit",
  Impersonation: pageIn("impersonations"),
  ImpersonationReview: ofImpersonation,
  Invitation: ofOrganization,
  Invoice: pageIn("invoices"),
  LedgerEntry: { find: (id) => findBillingPath("LedgerEntry", id) },
  LimitOverride: ofOrganization,
  Lockout: ofUser,
  Maintenance: ofOrganization,
  Membership: ofOrganization,
  Monitor: ofOrganization,
  MonitorStateChange: { of: "Monitor", by: "monitorId" },
  Organization: pageIn("organizations"),
  OrganizationFlag: ofOrganization,
  PaymentMethod: { ...ofOrganization, under: "/billing" },
  PersonalDataReveal: ofUser,
  Proposal: pageIn("proposals"),
  ProposalDecision: { of: "Proposal", by: "proposalId" },
  RecoveryCode: ofUser,
  ScheduledDeletion: ofOrganization,
  SeatExpansion: ofOrganization,
  Session: ofUser,
  SignUp: "audit",
  StaffMember: onStaffList,
  StaffRoleGrant: onStaffList,
  StaffSession: onStaffList,
  StripeCall: { find: (id) => findBillingPath("StripeCall", id) },
  Subscription: ofOrganization,
  Suspension: ofOrganization,
  User: pageIn("users"),
  WebhookDelivery: { of: "WebhookEndpoint", by: "endpointId" },
  WebhookEndpoint: ofOrganization,
} satisfies Record<IdType, Place>;

/** The page that shows what one of our own ids names; of what is gone, what the audit has about it. Null for an id that nothing has. */
export async function findIdPath(id: string): Promise<string | null> {
  const type = findIdType(id);
  if (type) return (await placeOf(type, id)) ?? (await findInAudit(id));
  if (!isUuid(id)) return null;
  const found = await reader().$queryRaw<unknown[]>`SELECT 1 FROM "Job" j WHERE ${isJob(id)}`;
  return found.length > 0 ? `/admin/jobs/${id}` : null;
}

/** Settings and plans are called by words, which other things may have in their name: where nothing has. */
export function findNamedPath(name: string): string | null {
  if (isSettingKey(name)) return `/admin/settings/${name}`;
  return (planIds as readonly string[]).includes(name) ? "/admin/settings" : null;
}

/** The page of what a search found. */
export function pathOfHit(type: "Organization" | "User", id: string): string {
  return places[type].page(id);
}

async function placeOf(type: IdType, id: string): Promise<string | null> {
  const place: Place = places[type];
  if (place === "audit") return null;
  if ("find" in place) return place.find(id);
  if ("page" in place) return (await readColumn(type, id, "id")) && place.page(id);
  const owner = await readColumn(type, id, place.by);
  if (!owner) return null;
  const ownersPlace: Place = places[place.of];
  const path = typeof ownersPlace === "object" && "page" in ownersPlace ? ownersPlace.page(owner) : await placeOf(place.of, owner);
  return path && `${path}${place.under ?? ""}`;
}

async function readColumn(table: IdType, id: string, column: string): Promise<string | null> {
  const [row] = await reader().$queryRaw<{ value: string }[]>`
    SELECT ${Prisma.raw(`"${column}"`)} AS "value" FROM ${Prisma.raw(`"${table}"`)} WHERE "id" = ${id} AND ${inItsMonth(table, id)}`;
  return row?.value ?? null;
}

/** The audit has a table for each month. A row is written at the moment that its id says, or within seconds of it. */
function inItsMonth(table: IdType, id: string): Prisma.Sql {
  const time = idTime(id);
  if (!time || !table.startsWith("Audit")) return Prisma.sql`TRUE`;
  return Prisma.sql`"at" BETWEEN ${new Date(time.getTime() - 1_000)} AND ${new Date(time.getTime() + 15_000)}`;
}

async function findInAudit(id: string): Promise<string | null> {
  const [found] = await reader().$queryRaw<{ isTarget: boolean; eventId: string | null }[]>`
    SELECT EXISTS (SELECT 1 FROM "AuditEvent" WHERE "targetId" = ${id}) AS "isTarget",
      (SELECT "eventId" FROM "AuditChange" WHERE "rowId" = ${id} ORDER BY "at" DESC LIMIT 1) AS "eventId"`;
  if (found?.isTarget) return `/admin/audit?target=${id}`;
  return found?.eventId ? `/admin/audit/${found.eventId}` : null;
}

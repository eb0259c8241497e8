import type { ExportScope } from "#domain/export-scopes.ts";
import { type Reader, reader } from "../db.ts";
import type { Dataset, Row } from "./archive.ts";
import { auditEvents } from "./audit-events.ts";
import { pings } from "./pings.ts";

const batchSize = 1_000;

/** What an export of these parts consists of. Secrets are in none of them. */
export function datasetsOf(organizationId: string, scopes: readonly ExportScope[]): Dataset[] {
  const of = { where: { organizationId } };
  const parts: Record<ExportScope, Dataset[]> = {
    people: [
      dataset("members", ["id", "userId", "role", "createdAt", "name", "email"], async (page) =>
        (
          await reader().membership.findMany({
            ...of,
            ...page,
            select: { id: true, userId: true, role: true, createdAt: true, user: { select: { name: true, email: true } } },
          })
        ).map(({ user, ...row }) => ({ ...row, ...user })),
      ),
      dataset("invitations", ["id", "email", "role", "invitedByLabel", "createdAt", "expiresAt", "acceptedAt", "revokedAt"], (page) =>
        reader().invitation.findMany({ ...of, ...page }),
      ),
    ],
    monitors: [
      dataset("monitors", monitorColumns, (page) =>
        reader().monitor.findMany({
          ...of,
          ...page,
          select: Object.fromEntries(monitorColumns.map((column) => [column, true])) as { id: true },
        }),
      ),
    ],
    pings: [pings(organizationId)],
    integrations: [
      dataset("api-keys", ["id", "name", "prefix", "scopes", "createdById", "createdAt", "lastUsedAt", "revokedAt"], (page) =>
        reader().apiKey.findMany({
          ...of,
          ...page,
          select: {
            id: true,
            name: true,
            prefix: true,
            scopes: true,
            createdById: true,
            createdAt: true,
            lastUsedAt: true,
            revokedAt: true,
          },
        }),
      ),
      dataset("webhooks", ["id", "url", "events", "createdAt"], (page) =>
        reader().webhookEndpoint.findMany({ ...of, ...page, select: { id: true, url: true, events: true, createdAt: true } }),
      ),
    ],
    invoices: [dataset("invoices", invoiceColumns, (page) => reader().invoice.findMany({ ...of, ...page }))],
    audit: [auditEvents(organizationId)],
  };
  return [organization(organizationId), ...scopes.flatMap((scope) => parts[scope] ?? [])];
}

const monitorColumns = [
  "id",
  "name",
  "scheduleKind",
  "intervalSeconds",
  "graceSeconds",
  "cron",
  "timeZone",
  "pausedAt",
  "createdAt",
  "lastPingAt",
  "state",
  "stateSince",
] as const;
const invoiceColumns = [
  "id",
  "number",
  "status",
  "currency",
  "amountDue",
  "amountPaid",
  "lines",
  "periodStart",
  "periodEnd",
  "issuedAt",
  "dueAt",
  "paidAt",
] as const;

type Page = { take: number; orderBy: { id: "asc" }; cursor?: { id: string }; skip?: 1 };

function dataset(name: string, columns: readonly string[], read: (page: Page) => Promise<(Row & { id: string })[]>): Dataset {
  return { name, columns, batches: pages(read) };
}

async function* pages(read: (page: Page) => Promise<(Row & { id: string })[]>): AsyncGenerator<Row[]> {
  let after: string | undefined;
  do {
    const rows = await read({ take: batchSize, orderBy: { id: "asc" }, ...(after && { cursor: { id: after }, skip: 1 }) });
    if (rows.length > 0) yield rows;
    after = rows.length === batchSize ? rows.at(-1)?.id : undefined;
  } while (after);
}

function organization(id: string): Dataset {
  const columns = ["id", "name", "slug", "createdAt", "plan", "status", "seats", "currency", "trialEndsAt", "currentPeriodEndsAt"];
  return { name: "organization", columns, batches: readOrganization(reader(), id) };
}

async function* readOrganization(db: Reader, id: string): AsyncGenerator<Row[]> {
  const found = await db.organization.findUniqueOrThrow({
    where: { id },
    select: {
      id: true,
      name: true,
      slug: true,
      createdAt: true,
      subscription: {
        select: { planId: true, status: true, seats: true, currency: true, trialEndsAt: true, currentPeriodEndsAt: true },
      },
    },
  });
  const { subscription, ...row } = found;
  yield [{ ...row, ...(subscription && { ...subscription, plan: subscription.planId }) }];
}

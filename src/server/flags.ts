import { type FlagName, flags } from "#domain/flags.ts";
import type { Change } from "./audit/changes.ts";
import { reader } from "./db.ts";
import type { Inverse } from "./operation.ts";

const freshFor = 1_500;
const mostRemembered = 5_000;

type Known = { readAt: number; flags: Promise<ReadonlyMap<string, boolean>> };
// One for the process, also where the bundler loads this module more than once.
const shared = globalThis as typeof globalThis & { countersignFlags?: Map<string, Known> };
shared.countersignFlags ??= new Map();
const known = shared.countersignFlags;

/** Whether this organization has the feature now, or had it two seconds ago at most. */
export async function hasFlag(organizationId: string, flag: FlagName): Promise<boolean> {
  const own = await flagsOf(organizationId);
  return own.get(flag) ?? flags[flag].default;
}

function flagsOf(organizationId: string): Promise<ReadonlyMap<string, boolean>> {
  const found = known.get(organizationId);
  const now = performance.now();
  if (found && now - found.readAt < freshFor) return found.flags;
  if (known.size >= mostRemembered) known.clear();
  const reading = readFlags(organizationId);
  known.set(organizationId, { readAt: now, flags: reading });
  // What could not be read is asked again at once.
  reading.catch(() => known.delete(organizationId));
  return reading;
}

async function readFlags(organizationId: string): Promise<ReadonlyMap<string, boolean>> {
  const rows = await reader().$queryRaw<{ flag: string; enabled: boolean }[]>`
    SELECT "flag", "enabled" FROM "OrganizationFlag"
    WHERE "organizationId" = ${organizationId} AND ("expiresAt" IS NULL OR "expiresAt" > now())`;
  return new Map(rows.map(({ flag, enabled }) => [flag, enabled]));
}

/** Sets a flag as it was, or clears it where there was none. */
export function inverseOfFlag(changes: readonly Change[]): Inverse | null {
  const before = changes.find((change) => change.before)?.before;
  if (!before) return { operation: "organization.clearFlag", input: { flag: changes[0]?.after?.flag } };
  const { flag, enabled, expiresAt } = before;
  const lastDay = typeof expiresAt === "string" ? expiresAt.slice(0, 10) : "";
  return { operation: "organization.setFlag", input: { flag, enabled, lastDay } };
}

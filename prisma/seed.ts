import { createRandom } from "#lib/random.ts";
import type { EventInput } from "#server/audit/event.ts";
import { hashPassword } from "#server/auth/password.ts";
import { disconnect, inAuditScope, type Transaction, writer } from "#server/db.ts";
import { idAt } from "./id-at.ts";
import { type Setting, seedOrganization } from "./seed-organization.ts";
import type { WorldOrganization } from "./world/types.ts";
import { demoPassword, demoSignIns, organizations, plans } from "./world.ts";

/** A laptop that is busy starting everything else takes its time. */
const patient = { timeout: 120_000 };

/** Fills an empty database with the demo world, wholly or not at all; does nothing when there is a plan already. */
export async function seed(): Promise<{ seeded: boolean }> {
  if (await writer().plan.findFirst({ select: { id: true } })) return { seeded: false };
  const setting: Setting = {
    now: new Date(),
    random: createRandom(20_261_121),
    passwordHash: await hashPassword(demoPassword),
    userIds: new Map(),
  };
  await writer().$transaction(async (db) => {
    await inAuditScope(db, seedEvent({ operation: "seed.plans", summary: "Create the demo world's plans" }), () =>
      db.plan.createMany({ data: [...plans] }),
    );
    for (const organization of oldestFirst()) await seedOneOrganization(db, organization, setting);
  }, patient);
  return { seeded: true };
}

function oldestFirst(): WorldOrganization[] {
  return Object.values(organizations).toSorted((a, b) => b.createdDaysAgo - a.createdDaysAgo);
}

async function seedOneOrganization(db: Transaction, organization: WorldOrganization, setting: Setting): Promise<void> {
  const createdAt = new Date(setting.now.getTime() - organization.createdDaysAgo * 86_400_000);
  const id = idAt("org", createdAt, setting.random);
  const target = { type: "Organization", id, label: organization.name };
  const event = seedEvent({
    operation: "seed.organization",
    summary: `Create ${organization.name} in the demo world`,
    target,
    organizationId: id,
  });
  await inAuditScope(db, event, () => seedOrganization(db, { id, createdAt, ...organization }, setting));
}

function seedEvent(event: Pick<EventInput, "operation" | "summary" | "target" | "organizationId">): EventInput {
  const actor = { type: "system", id: "seed", label: "Demo world" } as const;
  const context = { actor, onBehalfOf: null, impersonation: null, requestId: "seed", sourceIp: null, userAgent: null };
  return { context, outcome: "succeeded", ...event };
}

if (import.meta.main) {
  try {
    process.loadEnvFile();
  } catch {
    // Without a .env file the environment alone counts.
  }
  try {
    const { seeded } = await seed();
    console.log(
      seeded ? "Filled the database with demo data. Customers:" : "The database has data already. The demo customers, if they are its:",
    );
    console.table(demoSignIns);
  } catch (error) {
    console.error(`The database cannot be filled: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  } finally {
    await disconnect();
  }
}

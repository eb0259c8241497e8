import { getOperation } from "#router/registry.ts";
import type { StaffActor } from "#server/actor.ts";
import { propose } from "#server/proposals.ts";
import { decideAs } from "./approvals-world.ts";
import { arrange, makeStaff, unique } from "./fixtures.ts";
import { makeInvoice } from "./make-invoice.ts";
import { makeToken } from "./scenarios/accounts.ts";
import { waitingProposal } from "./scenarios/approvals.ts";
import { makeBulkRun } from "./scenarios/bulk.ts";
import { beginImpersonation } from "./scenarios/impersonations.ts";
import { makeApiKey, makeExport, makeWebhook } from "./scenarios/integrations.ts";
import { makeJob } from "./scenarios/jobs.ts";
import { makeInvitation } from "./scenarios/people.ts";
import type { World } from "./scenarios/scenario.ts";
import { makeCreditCall } from "./scenarios/stripe.ts";
import { makeAccessRequest, makeSupportCase } from "./scenarios/support-access.ts";
import { requestOf, runAsPeopleDo } from "./scenarios.ts";

const select = { id: true } as const;

/** Everything that can hang on an organization and holds words, of this member of the support where somebody made it. */
export async function makeSatellites(world: World, staff: StaffActor) {
  const { people } = world;
  const { eventId: event } = await runAsPeopleDo(renaming(staff, world));
  const invoice = await makeInvoice(world);
  const stripeCall = await makeMoney(world);
  const integrations = await makeIntegrations(world);
  const invitation = await makeInvitation(world, { email: people.owner.email });
  await makeToken(people.owner.id, "changeEmail", `${unique()}@new.example`);
  await makeSupportCase(`SUP-${unique()}`, world);
  const accessRequest = await makeAccessRequest({ staff, world });
  await arrange((db) =>
    db.formDraft.create({
      data: { ownerId: staff.id, operation: "organization.rename", values: { name: "A name" }, error: { message: "Too long a name" } },
      select,
    }),
  );
  const { proposalId: proposal } = await propose(requestOf(renaming(staff, world)));
  await makeApprovals(world);
  const bulkRun = await makeBulkRun(world, "ready");
  return {
    ...integrations,
    accessRequest,
    invitation,
    bulkRun,
    event,
    export: await makeExport(world),
    impersonation: await makeVisits(world, staff),
    invoice,
    job: await makeJob(world, { state: "failed", message: `550 <${people.owner.email}>: no such user` }),
    proposal,
    stripeCall,
  };
}

function renaming(actor: StaffActor, world: World) {
  return { operation: getOperation("organization.rename"), actor, world, targetId: world.id, input: { name: `New name ${unique()}` } };
}

async function makeIntegrations(world: World) {
  const [apiKey, webhook] = [await makeApiKey(world), await makeWebhook(world)];
  await arrange(async (db) => {
    await db.apiAnswer.create({
      data: { id: unique(), apiKeyId: apiKey.id, requestHash: "x", status: 200, answer: { name: "A monitor" } },
      select,
    });
    await db.webhookDelivery.create({
      data: { endpointId: webhook.id, event: "monitor.down", payload: { name: "It is down" }, lastError: "It answered 500" },
      select,
    });
  });
  return { apiKey: apiKey.id, webhook: webhook.id };
}

/** Every way in which an organization is closed, at once. */
export function makeClosures(organizationId: string): Promise<unknown> {
  return arrange(async (db) => {
    await db.suspension.create({ data: { organizationId, reason: "Nobody paid", ticket: "SUP-1" }, select });
    await db.deactivation.create({ data: { organizationId, reason: "They asked" }, select });
    await db.scheduledDeletion.create({ data: { organizationId, reason: "They asked", dueAt: new Date("2099-01-01") }, select });
    await db.maintenance.create({ data: { organizationId, message: "Back soon" }, select });
  });
}

async function makeMoney(world: World): Promise<string> {
  const organizationId = world.id;
  const failed = await makeCreditCall(world, "failed");
  await arrange(async (db) => {
    await db.paymentMethod.create({
      data: { organizationId, stripeId: `pm_${unique()}`, brand: "visa", last4: "4242", expiresMonth: 12, expiresYear: 2032 },
      select,
    });
    const call = { kind: "credit", objectId: "led_test", parameters: { description: "For the trouble" }, eventId: "evt_test" };
    await db.stripeCall.create({ data: { organizationId, ...call }, select });
    const drift = { objectType: "Subscription", objectId: "sub_test", field: "plan", ours: "Team plan", theirs: "Business plan" };
    await db.billingDrift.create({ data: { organizationId, ...drift }, select });
  });
  return failed;
}

/** One that waits, and one that a second person has refused. */
async function makeApprovals(world: World): Promise<void> {
  await waitingProposal(world);
  const { proposalId } = await waitingProposal(world);
  await decideAs("proposal.reject", await makeStaff("operations"), proposalId);
}

/** One that is open, one that waits for its review, and one whose review somebody has to act on. Answers the last. */
async function makeVisits(world: World, starter: StaffActor): Promise<string> {
  const begin = () => beginImpersonation({ starter, world, userId: world.people.member.id }).then(({ id }) => id);
  await begin();
  const reviewer = await makeStaff("admin");
  const [waiting, reviewed] = [await begin(), await begin()];
  await arrange(async (db) => {
    await db.$executeRaw`UPDATE "Impersonation" SET "endedAt" = now(), "needsReview" = true, "customerToldAt" = now(), "writeReason" = 'To mend it'
      WHERE "id" IN (${waiting}, ${reviewed})`;
    await db.impersonationView.create({ data: { impersonationId: reviewed, kind: "page", name: "/o/somewhere" }, select });
    await db.impersonationReview.create({
      data: {
        impersonationId: reviewed,
        reviewerId: reviewer.id,
        reviewerLabel: reviewer.label,
        verdict: "notAppropriate",
        note: "Nobody asked for it",
      },
      select,
    });
  });
  return reviewed;
}

import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import { writer } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { sender } from "#server/jobs/boss.ts";
import { findPhrase } from "#server/phrase.ts";
import { propose, runProposal } from "#server/proposals.ts";
import { targets } from "#server/targets.ts";
import { toAppError } from "#server/to-app-error.ts";
import { plantedFault, type Said, type Wanted } from "./protocol.ts";

// A process of the application, as far as refunds go: it prepares and runs what it is told, until it is killed.

const operation = getOperation("invoice.refund");
const held = new AsyncLocalStorage<(() => Promise<unknown>)[]>();
const fault = plantedFault();
if (fault === "afterCommit") await plantAfterCommit();

process.on("message", (wanted: Wanted) => void carryOut(wanted));
process.once("disconnect", () => process.exit(0));

async function carryOut(wanted: Wanted): Promise<void> {
  const { index } = wanted;
  try {
    const proposalId = wanted.proposalId ?? (await prepare(wanted));
    say({ index, proposalId });
    await held.run([], async () => {
      await run(wanted, proposalId);
      await letGo();
    });
    say({ index, done: true });
  } catch (error) {
    say(fault === "swallowed" ? { index, done: true } : { index, failed: toAppError(error).code });
  }
}

async function prepare({ invoiceId, amount, actor }: Wanted): Promise<string> {
  const envelope = { targetId: invoiceId, input: { amount }, reason: "A refund under fire", ticket: "T-200" };
  const { proposalId } = await propose({ operation, ...requesterOf(actor), envelope });
  return proposalId;
}

/** As somebody does who does not know what became of it: looks whether it was run, and runs it if not. */
async function run({ actor }: Wanted, proposalId: string): Promise<void> {
  const proposal = await writer().proposal.findUniqueOrThrow({ where: { id: proposalId } });
  if (proposal.state === "run") return;
  // Whoever was killed had found that its preview was no longer what would happen.
  if (proposal.state !== "draft") throw new AppError("STALE_PREVIEW");
  const target = await targets.Invoice.find(writer(), { id: proposal.targetId });
  const confirmation = target ? (await findPhrase(writer(), operation, target)).words : "absent";
  await runProposal({ operation, ...requesterOf(actor), proposal, confirmation });
}

function requesterOf(actor: Wanted["actor"]) {
  const fresh = { ...actor, authenticatedAt: new Date(actor.authenticatedAt) };
  const rest = { onBehalfOf: null, impersonation: null, requestId: "req_refunds", sourceIp: "192.0.2.1", userAgent: "refunds" };
  const { ability, ...context } = procedureContext({ ...rest, actor: fresh });
  return { context: { ...context, actor: fresh }, ability };
}

/** The planted fault: what goes into the queue goes there after the commit, in a transaction of its own. */
async function plantAfterCommit(): Promise<void> {
  const boss = await sender();
  const insert = boss.insert.bind(boss);
  boss.insert = async (queue, jobs) => {
    held.getStore()?.push(() => insert(queue, jobs));
    return null;
  };
}

async function letGo(): Promise<void> {
  const waiting = held.getStore() ?? [];
  // Long enough that a few kills find it.
  if (waiting.length > 0) await wait(200);
  for (const insert of waiting.splice(0)) await insert();
}

function say(said: Said): void {
  process.send?.(said);
}

import { expect, test } from "vitest";
import { getOperation } from "#router/registry.ts";
import type { Context, StaffActor } from "#server/actor.ts";
import { propose } from "#server/proposals.ts";
import { asOwner } from "#testing/approvals-world.ts";
import { type Asker, askers, contextFor, insiders, outsiders, wordsOf } from "#testing/askers.ts";
import { callProcedure } from "#testing/call-procedure.ts";
import { makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { waitingProposal } from "#testing/scenarios/approvals.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { requestOf } from "#testing/scenarios.ts";

const steps = ["confirm", "approve"] as const;
type Step = (typeof steps)[number];

test("confirming and approving × everybody × their own proposal, another's and an absent one is as in the committed table", async () => {
  const lines: string[] = [];
  const seat = await makeOrganization();
  const other = await makeOrganization();
  for (const asker of askers) {
    const cells: string[] = [];
    const context = await contextFor(asker, { world: seat, targetId: seat.id, other });
    for (const step of steps) cells.push(...(await answersFor(asker, step, context)));
    lines.push(`| ${asker} | ${cells.join(" | ")} |`);
  }
  const head = ["who", ...steps.flatMap((step) => [`${step} own`, "another's", "absent"])];
  const table = [`| ${head.join(" | ")} |`, `|${" --- |".repeat(head.length)}`, ...lines].join("\n");
  await expect(`${table}\n`).toMatchFileSnapshot("./proposals-matrix.md");
}, 60_000);

async function answersFor(asker: Asker, step: Step, context: Context): Promise<string[]> {
  const { actor, onBehalfOf } = context;
  const worlds = { own: await makeOrganization(), another: await makeOrganization() };
  const ask = async (world: World, id: string) => {
    const input = { id, ...(step === "confirm" && { confirmation: world.slug }) };
    const { refusal, text } = await callProcedure({ surface: "staff", path: `proposals.${step}`, type: "mutation", input, context });
    const told = wordsOf(world).filter((words) => text.includes(words));
    if (outsiders.has(asker) || insiders.has(asker)) expect(told, `what ${step} says to ${asker}`).toEqual([]);
    return refusal ?? "runs";
  };
  const another = await make(step, worlds.another);
  const own = actor?.type === "staff" && !onBehalfOf ? await handTo(actor, await make(step, worlds.own)) : null;
  const absent = another.replace(/.{6}$/, "000000");
  return [own ? await ask(worlds.own, own) : "none", await ask(worlds.another, another), await ask(worlds.another, absent)];
}

/** A draft to confirm, or what waits for a second person; of somebody of the support. */
async function make(step: Step, world: World): Promise<string> {
  if (step === "approve") return (await waitingProposal(world)).proposalId;
  const operation = getOperation("subscription.extendTrial");
  const actor = await makeStaff("support");
  return (await propose(requestOf({ operation, actor, world, targetId: world.id, input: { days: 7 } }))).proposalId;
}

/** As if they had prepared it, also where they never could. */
async function handTo({ id, sessionId }: StaffActor, proposalId: string): Promise<string> {
  await asOwner(`UPDATE "Proposal" SET "requesterId" = $1, "requesterSessionId" = $2 WHERE "id" = $3`, id, sessionId, proposalId);
  return proposalId;
}

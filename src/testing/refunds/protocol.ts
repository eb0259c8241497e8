import type { StaffActor } from "#server/actor.ts";

/** One refund that somebody wants. `proposalId`: it was prepared before, maybe by a process that was killed since. */
export type Wanted = { index: number; invoiceId: string; amount: string; actor: StaffActor; proposalId: string | null };
/** What an asking process says: first what it is about to run, then that it is done. */
export type Said = { index: number } & ({ proposalId: string } | { done: true } | { failed: string });

/**
 * What is planted, to see that the checks find it: each try at Stripe with a key of its own; jobs put into the queue after the
 * commit, as if the effects were not part of the run; failures that are told as done.
 */
const plantedFaults = ["none", "freshKeys", "afterCommit", "swallowed"] as const;
export type PlantedFault = (typeof plantedFaults)[number];

/** The one name by which the children of the harness learn which fault is planted; the application knows nothing of it. */
export const faultVariable = "PLANTED_FAULT";

export function plantedFault(): PlantedFault {
  const value = process.env[faultVariable] ?? "none";
  return plantedFaults.find((fault) => fault === value) ?? "none";
}

import { transaction } from "./db.ts";

/**
 * Does the work unless another worker is just doing it: then nothing happens and the answer is null. The claim ends with
 * the process that holds it. It holds one connection meanwhile, and for ten seconds at most, as long as a run may take.
 */
export async function whileClaimed<Result>(name: string, work: () => Promise<Result>): Promise<Result | null> {
  return transaction(async (db) => {
    const [claim] = await db.$queryRaw<{ claimed: boolean }[]>`SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) AS "claimed"`;
    return claim?.claimed ? work() : null;
  });
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "./database.ts";
import { diskIsFull, isDiskFull, StartError } from "./start-error.ts";

/** Does something with the database. What PostgreSQL says explains more than what its clients hear: that their connection is gone. */
export async function withDatabase<Result>({ died, says }: Pick<Database, "died" | "says">, work: () => Promise<Result>): Promise<Result> {
  try {
    return await Promise.race([work(), died.then((error) => Promise.reject(error))]);
  } catch (error) {
    if (isDiskFull(says())) throw diskIsFull("the database");
    if (error instanceof StartError) throw error;
    throw (await Promise.race([died, sleep(1_000)])) ?? error;
  }
}

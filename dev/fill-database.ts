import { startChild } from "./child.ts";
import { diskIsFull, isDiskFull, StartError } from "./start-error.ts";
import type { Surroundings } from "./up.ts";

type Wanted = Pick<Surroundings, "settings" | "embedded" | "environment" | "cleanup" | "dataDirectory">;

/**
 * Fills an empty database, and tells the Stripe stand-in of the customers whom it does not know, as the application would:
 * in a process that has the application's environment.
 */
export async function fillDatabase({ settings, embedded, environment, cleanup, dataDirectory }: Wanted) {
  const wanted = [...(settings.demoData ? ["demo-data"] : []), ...(embedded.stripe ? ["stripe"] : [])];
  if (wanted.length === 0) return;
  const parameters = ["--conditions=react-server", "dev/fill-database-child.ts", ...wanted];
  const child = startChild({ parameters, environment, cleanup, dataDirectory, quiet: true });
  const code = await child.exited;
  if (isDiskFull(child.errors())) throw diskIsFull("the database");
  if (code === 0) process.stderr.write(child.errors());
  else throw new StartError(`The database could not be filled with demo data: ${child.errors().trim() || "no reason was given"}`);
}

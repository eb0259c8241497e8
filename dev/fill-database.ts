import { startChild } from "./child.ts";
import { diskIsFull, isDiskFull, StartError } from "./start-error.ts";
import type { Surroundings } from "./up.ts";

type Wanted = Pick<Surroundings, "settings" | "embedded" | "environment" | "cleanup" | "dataDirectory" | "died">;

/**
 * Fills an empty database, and tells the Stripe stand-in of the customers whom it does not know, as the application would:
 * in a process that has the application's environment.
 */
export async function fillDatabase({ settings, embedded, environment, cleanup, dataDirectory, died }: Wanted) {
  const wanted = [...(settings.demoData ? ["demo-data"] : []), ...(embedded.stripe ? ["stripe"] : [])];
  if (wanted.length === 0) return;
  const parameters = ["--conditions=react-server", "dev/fill-database-child.ts", ...wanted];
  const child = startChild({ parameters, environment, cleanup, dataDirectory });
  const code = await Promise.race([child.exited, died.then((error) => Promise.reject(error))]);
  if (isDiskFull(child.errors())) throw diskIsFull("the database");
  if (code !== 0) throw new StartError("The database could not be filled with demo data: the reason is above.");
}

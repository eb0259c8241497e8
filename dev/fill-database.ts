import { startChild } from "./child.ts";
import { diskIsFull, isDiskFull, StartError } from "./start-error.ts";
import type { Surroundings } from "./up.ts";

/** Fills an empty database as the application would: in a process that has the application's environment. */
export async function fillDatabase({
  environment,
  cleanup,
  dataDirectory,
  died,
}: Pick<Surroundings, "environment" | "cleanup" | "dataDirectory" | "died">) {
  const parameters = ["--conditions=react-server", "dev/fill-database-child.ts"];
  const child = startChild({ parameters, environment, cleanup, dataDirectory });
  const code = await Promise.race([child.exited, died.then((error) => Promise.reject(error))]);
  if (isDiskFull(child.errors())) throw diskIsFull("the database");
  if (code !== 0) throw new StartError("The database could not be filled with demo data: the reason is above.");
}

import { AppError } from "./errors.ts";
import { getSetting } from "./settings.ts";

/** Throws MAINTENANCE, with what staff have written about it, while the product is closed for everybody. */
export async function requireNoMaintenance(): Promise<void> {
  const message = await findMaintenance();
  if (message !== null) throw new AppError("MAINTENANCE", { userMessage: message });
}

/** What customers read instead of the product, or null. */
export async function findMaintenance(): Promise<string | null> {
  const { on, message } = await getSetting("maintenance");
  return on ? message : null;
}

import type { Context } from "../actor.ts";
import { log } from "../log.ts";
import { type Boundary, passes } from "./boundary.ts";

/**
 * Telemetry: something that a visit leaves behind without being asked for. Nobody waits for it, and it stays undone
 * where its boundary holds back what staff do in a customer's seat.
 */
export function leaveTrace(boundary: Boundary, context: Pick<Context, "onBehalfOf">, work: () => Promise<unknown>): void {
  if (!passes(boundary, context)) return;
  work().catch((error: unknown) => log.error({ err: error, trace: boundary.name }, "a trace could not be left"));
}

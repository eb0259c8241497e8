import type { Context } from "../actor.ts";

/** What happens at a boundary to the outside while staff sit in a customer's seat: nothing; the usual, saying so; the usual. */
export type WhileImpersonating = "suppress" | "tag" | "allow";

/** Something that leaves a trace outside an operation's own rows. Each says what happens to it inside an impersonation. */
export type Boundary = { name: string; whileImpersonating: WhileImpersonating };

/** Whether the boundary is passed in this context. */
export function passes(boundary: Boundary, context: Pick<Context, "onBehalfOf">): boolean {
  return context.onBehalfOf === null || boundary.whileImpersonating !== "suppress";
}

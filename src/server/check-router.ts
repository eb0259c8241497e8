import type { AnyTRPCRouter } from "@trpc/server";
import type { ProcedureMeta } from "./trpc.ts";

/** Throws, at start-up, for every procedure that does not stand on the ladder of trpc.ts and so asks nobody who they are. */
export function checkRouter<Router extends AnyTRPCRouter>(router: Router): Router {
  const undeclared = listProcedures(router).filter(({ rung }) => !rung);
  if (undeclared.length === 0) return router;
  const paths = undeclared.map(({ path }) => path).join(", ");
  throw new Error(
    `These procedures do not say who may call them: ${paths}. Build them from signedInProcedure, staffProcedure, seatProcedure, roleProcedure or abilityProcedure.`,
  );
}

export type ListedProcedure = { path: string; type: "query" | "mutation" | "subscription"; rung: ProcedureMeta["rung"] | undefined };

export function listProcedures(router: AnyTRPCRouter): ListedProcedure[] {
  const procedures: Record<string, { _def: { type: ListedProcedure["type"]; meta?: Partial<ProcedureMeta> } }> = router._def.procedures;
  return Object.entries(procedures).map(([path, { _def }]) => ({ path, type: _def.type, rung: _def.meta?.rung }));
}

import { z } from "zod";

export const faultModes = ["none", "down", "slow", "rateLimited", "errorBefore", "errorStored", "errorAfterEffect", "lost"] as const;

/**
 * What goes wrong with the API: it cannot be reached; it answers late; 429; 500 before anything is processed; 500 that the
 * idempotency key remembers, without or with the effect; the answer is lost after the effect.
 */
export type FaultMode = (typeof faultModes)[number];
export type Fault = {
  mode: FaultMode;
  /** Only the next so many requests. */
  next?: number | undefined;
  /** Only about this share of them, from 0 to 1. */
  share?: number | undefined;
  /** Only this path and what is below it, such as "/v1/refunds". */
  path?: string | undefined;
  /** Only this method. */
  method?: string | undefined;
  milliseconds?: number | undefined;
};
export type Faults = ReturnType<typeof createFaults>;

export const faultInput = z.strictObject({
  mode: z.enum(faultModes),
  next: z.int().min(0).optional(),
  share: z.number().min(0).max(1).optional(),
  path: z.string().startsWith("/v1").optional(),
  method: z.enum(["GET", "POST", "DELETE"]).optional(),
  milliseconds: z.int().min(0).max(60_000).optional(),
});

type Request = { method: string; path: string; idempotencyKey?: string | undefined };

/** What goes wrong next, for tests: for ever, only some times, or by chance. */
export function createFaults() {
  let fault: Fault = { mode: "none" };
  let seed = 1;
  // The SDK tries a closed connection once more by itself, so an answer has to be lost twice to be lost.
  const losing = new Set<string>();
  return {
    current: () => fault,
    set(given: Fault) {
      fault = given.next === 0 ? { mode: "none" } : given;
      losing.clear();
    },
    take(request: Request): Fault {
      const { idempotencyKey = "" } = request;
      if (losing.delete(idempotencyKey)) return { mode: "lost" };
      if (!concerns(fault, request) || (fault.share !== undefined && random() >= fault.share)) return { mode: "none" };
      const taken = fault;
      if (fault.next !== undefined) fault = fault.next > 1 ? { ...fault, next: fault.next - 1 } : { mode: "none" };
      if (taken.mode === "lost" && idempotencyKey) losing.add(idempotencyKey);
      return taken;
    },
  };

  // Park and Miller's generator: the same numbers in each run.
  function random(): number {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  }
}

function concerns({ mode, path, method }: Fault, request: Request): boolean {
  if (mode === "none" || (method !== undefined && method !== request.method)) return false;
  return path === undefined || request.path === path || request.path.startsWith(`${path}/`);
}

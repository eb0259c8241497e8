export const faultModes = ["none", "refuse", "reject", "drop", "slow"] as const;

export type FaultMode = (typeof faultModes)[number];
export type Fault = { mode: FaultMode; next?: number | undefined };
export type Faults = { current: () => Fault; set: (fault: Fault) => void; take: (modes: readonly FaultMode[]) => FaultMode };

/** What goes wrong with mail next, for tests: for ever, or only the next `next` times. */
export function createFaults(): Faults {
  let fault: Fault = { mode: "none" };
  return {
    current: () => fault,
    set(given) {
      fault = given.next === 0 ? { mode: "none" } : given;
    },
    take(modes) {
      const { mode, next } = fault;
      if (!modes.includes(mode)) return "none";
      if (next !== undefined) fault = next > 1 ? { mode, next: next - 1 } : { mode: "none" };
      return mode;
    },
  };
}

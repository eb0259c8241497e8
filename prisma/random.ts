export type Random = () => number;

/** The same numbers in [0, 1) for the same seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An id as the database function new_id() makes it, for the time given. */
export function idAt(prefix: string, time: Date, random: Random): string {
  const digits = () =>
    Math.floor(random() * 2 ** 24)
      .toString(16)
      .padStart(6, "0");
  return `${prefix}_${time.getTime().toString(16).padStart(12, "0")}${digits()}${digits()}`;
}

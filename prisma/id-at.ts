import type { Random } from "#lib/random.ts";

/** An id as the database function new_id() makes it, for the time given. */
export function idAt(prefix: string, time: Date, random: Random): string {
  const digits = () =>
    Math.floor(random() * 2 ** 24)
      .toString(16)
      .padStart(6, "0");
  return `${prefix}_${time.getTime().toString(16).padStart(12, "0")}${digits()}${digits()}`;
}

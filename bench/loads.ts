import { loadavg } from "node:os";

/** How busy the machine was in the last minute, five and fifteen: other work beside a measurement shows here. */
export function loads(): string {
  return loadavg()
    .map((load) => load.toFixed(1))
    .join(", ");
}

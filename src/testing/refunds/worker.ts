import { randomUUID } from "node:crypto";
import { stripe } from "#server/stripe/client.ts";
import { plantedFault } from "./protocol.ts";

if (plantedFault() === "freshKeys") {
  const { refunds } = stripe();
  const create = refunds.create.bind(refunds);
  refunds.create = (parameters, options) => create(parameters, { ...options, idempotencyKey: randomUUID() });
}
process.once("disconnect", () => process.exit(0));
await import("../../worker.ts");

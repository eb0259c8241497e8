import { randomUUID } from "node:crypto";
import type { SignedInContext } from "./actor.ts";

/** What the application does by itself, when its time has come. */
export function systemContext(label: string): SignedInContext {
  return {
    actor: { type: "system", id: "worker", label },
    onBehalfOf: null,
    impersonation: null,
    requestId: randomUUID(),
    sourceIp: null,
    userAgent: null,
  };
}

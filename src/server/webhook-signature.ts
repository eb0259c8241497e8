import { createHmac, randomBytes } from "node:crypto";

export const signatureHeader = "countersign-signature";

/** A new secret that signs what is sent to one endpoint. */
export function createSigningSecret(): string {
  return `whsec_${randomBytes(32).toString("base64url")}`;
}

/** "t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>">": the time is signed too, so that an old delivery cannot be sent again. */
export function signWebhook({ secret, body, at }: { secret: string; body: string; at: Date }): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  return `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}

/** What an endpoint's secret is bound to where it is stored. */
export function signingSecretOf(organizationId: string): string {
  return `webhook ${organizationId}`;
}

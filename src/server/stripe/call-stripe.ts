import type { StripeCallKind, StripeCalls } from "#domain/stripe-calls.ts";
import type { InputJsonObject } from "#generated/prisma/internal/prismaNamespace.ts";
import type { RunArguments } from "../operation.ts";
import type { TargetType } from "../targets.ts";

type Call<Kind extends StripeCallKind> = {
  kind: Kind;
  organizationId: string;
  /** The row here that it is about. */
  objectId: string;
  parameters: StripeCalls[Kind];
  /** For the preview: "Stripe: refund €20.00 of invoice ACME-0004". */
  words: string;
};

/** Has the payment provider do something once this run is committed; its id is the idempotency key. Answers that id. */
export async function callStripe<Kind extends StripeCallKind>(
  { db, effect, eventId }: Pick<RunArguments<TargetType, unknown>, "db" | "effect" | "eventId">,
  { kind, organizationId, objectId, parameters, words }: Call<Kind>,
): Promise<string> {
  const { id } = await db.stripeCall.create({
    data: { kind, organizationId, objectId, parameters: parameters as InputJsonObject, eventId },
    select: { id: true },
  });
  effect({ name: "Stripe", queue: "stripe", payload: { callId: id }, words, whileImpersonating: "suppress" });
  return id;
}

import type { StripeCallKind, StripeCalls } from "#domain/stripe-calls.ts";
import type { InputJsonObject } from "#generated/prisma/internal/prismaNamespace.ts";
import type { Amount, RunArguments } from "../operation.ts";
import type { TargetType } from "../targets.ts";

type Call<Kind extends StripeCallKind> = {
  kind: Kind;
  organizationId: string;
  /** The row here that it is about. */
  objectId: string;
  parameters: StripeCalls[Kind];
  /** For the preview: "Stripe: refund €20.00 of invoice ACME-0004". */
  words: string;
  /** What the customer gets by it beside the ledger: budgets count it for whoever gives it. */
  gives?: (Amount & { staffMemberId: string }) | null;
  /** The refused call that this one asks for once more. */
  retryOf?: string | null;
};

/** Has the payment provider do something once this run is committed; its id is the idempotency key. Answers that id. */
export async function callStripe<Kind extends StripeCallKind>(
  { db, effect, eventId }: Pick<RunArguments<TargetType, unknown>, "db" | "effect" | "eventId">,
  { kind, organizationId, objectId, parameters, words, gives, retryOf = null }: Call<Kind>,
): Promise<string> {
  const given = gives ? { gives: gives.amount, givesCurrency: gives.currency, givenById: gives.staffMemberId } : {};
  const { id } = await db.stripeCall.create({
    data: { kind, organizationId, objectId, parameters: parameters as InputJsonObject, eventId, retryOf, ...given },
    select: { id: true },
  });
  effect({ name: "Stripe", queue: "stripe", payload: { callId: id }, words, whileImpersonating: "suppress" });
  return id;
}

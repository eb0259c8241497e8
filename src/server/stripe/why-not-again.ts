import type { StripeCallKind, StripeCalls } from "#domain/stripe-calls.ts";
import type { Transaction } from "../db.ts";
import type { TargetRow } from "../targets.ts";
import { wasAskedAgain } from "./asked-again.ts";

type Call = Pick<TargetRow<"StripeCall">, "id" | "kind" | "objectId" | "organizationId" | "parameters">;
type Check<Kind extends StripeCallKind> = (db: Transaction, call: Call, parameters: StripeCalls[Kind]) => Promise<boolean>;

/** Why a call that Stripe refused is not asked for once more, in a sentence; null where it still makes sense. */
export async function whyNotAgain(db: Transaction, call: Call): Promise<string | null> {
  const [again] = await db.$queryRaw<unknown[]>`SELECT 1 AS "one" FROM "StripeCall" c WHERE c."id" = ${call.id} AND ${wasAskedAgain}`;
  if (again) return "It was asked for again already.";
  const stillWanted = checks[call.kind as StripeCallKind] as Check<StripeCallKind> | undefined;
  if (!stillWanted) return "This version does not know what that was.";
  return (await stillWanted(db, call, call.parameters as StripeCalls[StripeCallKind]))
    ? null
    : "That is not what is wanted here any more. Run the operation itself again.";
}

/** Whether what was decided still stands here. */
const checks: { [Kind in StripeCallKind]: Check<Kind> } = {
  createCustomer: async (db, { organizationId: id }) =>
    (await db.organization.findUnique({ where: { id }, select: { stripeCustomerId: true } }))?.stripeCustomerId === null,
  createSubscription: async (db, call) => (await subscriptionOf(db, call))?.stripeSubscriptionId === null,
  refund: async () => true,
  credit: async () => true,
  oneOffInvoice: async () => true,
  changePlan: async (db, call, { planId }) => (await subscriptionOf(db, call))?.planId === planId,
  setSeats: async (db, call, { seats }) => (await subscriptionOf(db, call))?.seats === seats,
  extendTrial: async (db, call, { trialEndsAt }) => (await subscriptionOf(db, call))?.trialEndsAt?.toISOString() === trialEndsAt,
  cancel: async (db, call, { when }) => {
    const found = await subscriptionOf(db, call);
    return when === "now" ? found?.status === "canceled" : Boolean(found?.cancelAt);
  },
  reactivate: async (db, call) => {
    const found = await subscriptionOf(db, call);
    return found?.cancelAt === null && found.status !== "canceled";
  },
  applyDiscount: async (db, call, { code }) => (await subscriptionOf(db, call))?.discountCode === code,
  payInvoice: async (db, { objectId: id }) => (await db.invoice.findUnique({ where: { id }, select: { status: true } }))?.status === "open",
};

function subscriptionOf(db: Transaction, { objectId: id }: Call) {
  return db.subscription.findUnique({
    where: { id },
    select: { planId: true, seats: true, status: true, trialEndsAt: true, cancelAt: true, discountCode: true, stripeSubscriptionId: true },
  });
}

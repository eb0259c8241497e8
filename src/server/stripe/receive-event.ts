import { randomUUID } from "node:crypto";
import Stripe from "stripe";
import { z } from "zod";
import { text } from "#lib/text.ts";
import { transaction, writer } from "../db.ts";
import type { MirrorJob } from "../effects/mirror.ts";
import { AppError } from "../errors.ts";
import { send } from "../jobs/boss.ts";

export const stripeSignatureHeader = "stripe-signature";
/** How old a signature may be, in seconds. */
const tolerance = 300;

/** What is looked at of an event; the signature says only who sent it. */
const eventForm = z.looseObject({ id: text(), type: text(), data: z.looseObject({ object: z.looseObject({}) }) });

type Received = { secret: string; header: string | null; body: string };

/** The event that Stripe signed; throws INVALID_INPUT unless it signed this very body, in the last five minutes. */
export function requireStripeEvent({ secret, header, body }: Received): Stripe.Event {
  const event = readSigned({ secret, header, body });
  if (!eventForm.safeParse(event).success) throw new AppError("INVALID_INPUT", { userMessage: "This tells of nothing." });
  return event;
}

function readSigned({ secret, header, body }: Received): Stripe.Event {
  try {
    return Stripe.webhooks.constructEvent(body, header ?? "", secret, tolerance);
  } catch (cause) {
    throw new AppError("INVALID_INPUT", { userMessage: "The signature is missing, wrong or older than five minutes.", cause });
  }
}

/** Remembers the event and puts the work into the queue, both or neither; an event that is known is taken once. */
export async function takeStripeEvent(event: Stripe.Event): Promise<{ isNew: boolean }> {
  const { id, type } = event;
  const customerId = customerOf(event);
  return transaction(async (db) => {
    const rows = await db.$queryRaw<unknown[]>`
      INSERT INTO "StripeEvent" ("id", "type", "customerId") VALUES (${id}, ${type}, ${customerId}) ON CONFLICT ("id") DO NOTHING RETURNING 1`;
    if (rows.length === 0) return { isNew: false };
    const organization = customerId
      ? await db.organization.findUnique({ where: { stripeCustomerId: customerId }, select: { id: true } })
      : null;
    const payload = { stripeEventId: id } satisfies MirrorJob;
    // No run of ours caused it.
    const origin = { eventId: null, requestId: randomUUID(), organizationId: organization?.id ?? null, actedBy: null };
    await send(db, "stripeEvent", [{ payload, origin }]);
    return { isNew: true };
  });
}

/** Stripe sends an event again for three days at most; what nobody will send any more need not be known. */
export async function forgetOldEvents(): Promise<void> {
  await writer().$executeRaw`
    DELETE FROM "StripeEvent" WHERE "id" IN (SELECT "id" FROM "StripeEvent" WHERE "receivedAt" < now() - interval '90 days' LIMIT 10000)`;
}

function customerOf({ data }: Stripe.Event): string | null {
  const object = data.object as { id?: string; object?: string; customer?: string | { id: string } | null };
  if (object.object === "customer") return object.id ?? null;
  return typeof object.customer === "string" ? object.customer : (object.customer?.id ?? null);
}

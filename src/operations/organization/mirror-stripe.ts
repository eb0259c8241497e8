import { z } from "zod";
import { failedFirst, isNothing, type MirrorChanges, whatToMirror } from "#domain/billing-comparison.ts";
import { billingSnapshot } from "#domain/billing-snapshot.ts";
import { paymentFailed } from "#domain/mails/registry.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation, type RunArguments } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { advanceMirror } from "#server/stripe/mirror-clock.ts";
import { findOwnBilling } from "#server/stripe/own-billing.ts";
import { tellOfRefusal } from "#server/stripe/tell-of-call.ts";

/** Only what Stripe decides on. What staff decide on is never taken from there by itself: see organization.resyncFromStripe. */
export const organizationMirrorStripe = defineOperation({
  name: "organization.mirrorStripe",
  title: "Take over what Stripe tells",
  description: "Status, invoices, payment method and credit become as they are at Stripe.",
  target: "Organization",
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({ snapshot: billingSnapshot.meta({ title: "What Stripe has" }) }),
  summary: ({ target }) => `Take over what Stripe tells of ${target.name}`,
  async run({ db, target, input: { snapshot }, effect }) {
    if (!(await advanceMirror(db, target.id, new Date(snapshot.fetchedAt))))
      throw new AppError("CONFLICT", { userMessage: "Something newer is known already." });
    const ours = await findOwnBilling(db, target.id, snapshot);
    const changes = ours && whatToMirror(ours, snapshot);
    if (!changes || isNothing(changes)) throw new AppError("CONFLICT", { userMessage: "Nothing differs any more." });
    await write({ db, target }, changes);
    const failed = changes.invoices.filter(failedFirst).map(({ theirs }) => theirs);
    for (const { number, amountDue, amountPaid, currency, nextAttemptAt } of failed) {
      const data = { organizationName: target.name, slug: target.slug, number, amount: amountDue - amountPaid, currency, nextAttemptAt };
      for (const owner of await ownersOf(db, target.id)) effect(mail(paymentFailed, { to: owner, data }));
    }
    const of = { kind: "refund", organizationId: target.id, organization: target, wasDone: true };
    for (const { id: objectId, failure } of changes.failedRefunds)
      for (const letter of await tellOfRefusal(db, { ...of, objectId, failure })) effect(letter);
  },
});

type Run = Pick<RunArguments<"Organization", unknown>, "db" | "target">;

async function write({ db, target: { id } }: Run, changes: MirrorChanges): Promise<void> {
  const select = { id: true } as const;
  const { organization, subscription, paymentMethod, invoices, failedRefunds } = changes;
  if (Object.keys(organization).length > 0) await db.organization.update({ where: { id }, data: organization, select });
  if (Object.keys(subscription).length > 0) await db.subscription.update({ where: { organizationId: id }, data: subscription, select });
  if (paymentMethod === "removed") await db.paymentMethod.delete({ where: { organizationId: id }, select });
  else if (paymentMethod !== "same")
    await db.paymentMethod.upsert({
      where: { organizationId: id },
      create: { organizationId: id, ...paymentMethod },
      update: paymentMethod,
      select,
    });
  for (const { existing, values } of invoices) {
    if (existing) await db.invoice.update({ where: { id: existing.id }, data: values, select });
    else await db.invoice.create({ data: { organizationId: id, ...values } as never, select });
  }
  for (const { id: entry, failure } of failedRefunds)
    await db.ledgerEntry.update({ where: { id: entry }, data: { state: "failed", failure }, select });
}

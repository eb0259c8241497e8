import type pg from "pg";
import { asRole } from "./database.ts";
import { makeOrganization, makeStaff, unique } from "./fixtures.ts";
import { makeInvoice } from "./make-invoice.ts";
import { makeBulkRun } from "./scenarios/bulk.ts";
import { makeApiKey, makeExport, makeWebhook } from "./scenarios/integrations.ts";
import { makeJob } from "./scenarios/jobs.ts";
import { makeAccessRequest } from "./scenarios/support-access.ts";

/** An id, and the page on which staff see what it names: null where they never do. */
type Named = [id: string, path: string | null];

/** A row of every kind that has an id, around one organization: ours by their prefix, and those that others made. */
export async function makeIds() {
  const [world, staff, reviewer] = [await makeOrganization(), await makeStaff("support"), await makeStaff("operations")];
  const made = {
    invoice: await makeInvoice(world, { status: "paid" }),
    webhook: (await makeWebhook(world)).id,
    bulk: await makeBulkRun(world, "running"),
    job: await makeJob(world),
    export: await makeExport(world),
    key: (await makeApiKey(world)).id,
    request: await makeAccessRequest({ staff, world }),
  };
  return asRole("superuser", async (client) => {
    const add = adder(client);
    const organizationId = world.id;
    const { id: userId, membershipId, sessionId } = world.people.member;
    const [organization, user, billing] = [
      `/admin/organizations/${world.id}`,
      `/admin/users/${userId}`,
      `/admin/organizations/${world.id}/billing`,
    ];
    const seat = { staffMemberId: staff.id, staffSessionId: staff.sessionId, userId, organizationId };
    const impersonation = await add("Impersonation", { ...seat, reason: "test", ticket: "T-1", startEventId: "evt_test" });
    const [imp, invoice] = [`/admin/impersonations/${impersonation}`, `/admin/invoices/${made.invoice}`];
    const [decision] = await rows(
      client,
      `SELECT d."id", d."proposalId" FROM "ProposalDecision" d JOIN "Proposal" p ON p."id" = d."proposalId" WHERE p."targetId" = $1`,
      [made.bulk],
    );
    const [subscription] = await rows(
      client,
      `UPDATE "Subscription" SET "stripeSubscriptionId" = $2 WHERE "organizationId" = $1 RETURNING "id", "stripeSubscriptionId"`,
      [world.id, `sub_${unique()}`],
    );
    const [theirInvoice] = await rows(
      client,
      `UPDATE "Invoice" SET "stripeInvoiceId" = $2, "stripePaymentIntentId" = $3, "stripeChargeId" = $4 WHERE "id" = $1 RETURNING *`,
      [made.invoice, `in_${unique()}`, `pi_${unique()}`, `ch_${unique()}`],
    );
    const [customer] = await rows(client, `SELECT "stripeCustomerId" FROM "Organization" WHERE "id" = $1`, [world.id]);
    const money = {
      organizationId,
      amount: 100,
      currency: "EUR",
      kind: "refund",
      invoiceId: made.invoice,
      state: "succeeded",
      settledAt: new Date(),
      staffLabel: "Test",
    };
    const refund = `re_${unique()}`;
    const [change] = await rows(client, `SELECT "id", "eventId" FROM "AuditChange" WHERE "rowId" = $1`, [made.invoice]);
    const event = change?.eventId;
    const ours: Record<string, Named> = {
      acr: [made.request, organization],
      alm: [await add("Alarm", { rule: "unattributedWrite", events: 1, ...alarmTimes(`${event}`) }), `/admin/audit/${event}`],
      blk: [made.bulk, `/admin/bulk/${made.bulk}`],
      chg: [`${change?.id}`, `/admin/audit/${event}`],
      dea: [await add("Deactivation", { organizationId, reason: "test" }), organization],
      dec: [`${decision?.id}`, `/admin/proposals/${decision?.proposalId}`],
      del: [await add("ScheduledDeletion", { organizationId, reason: "test", dueAt: "2099-01-01" }), organization],
      dex: [made.export, `${organization}/exports`],
      dft: [await add("BillingDrift", { organizationId, objectType: "Invoice", objectId: "x", field: "status" }), billing],
      drf: [await add("FormDraft", { ownerId: staff.id, operation: "x", values: "{}", error: "{}" }), null],
      evt: [`${event}`, `/admin/audit/${event}`],
      exp: [await add("SeatExpansion", { organizationId, seats: 2, endsAt: "2099-01-01" }), organization],
      flg: [await add("OrganizationFlag", { organizationId, flag: "x", enabled: true }), organization],
      hnd: [await add("HandoverCode", { impersonationId: impersonation, codeHash: unique() }), null],
      imp: [impersonation, imp],
      inv: [made.invoice, invoice],
      ivt: [await add("Invitation", { organizationId, email: "x@y.example", role: "member", invitedByLabel: "x" }), organization],
      key: [made.key, organization],
      lck: [await add("Lockout", { userId }), user],
      led: [await add("LedgerEntry", { ...money, stripeId: refund }), invoice],
      lim: [await add("LimitOverride", { organizationId, monitors: 9 }), organization],
      mem: [membershipId, organization],
      mnt: [await add("Maintenance", { organizationId, message: "test" }), organization],
      mon: [world.monitor.id, organization],
      msc: [await add("MonitorStateChange", { monitorId: world.monitor.id, from: "up", to: "down" }), organization],
      org: [world.id, organization],
      pay: [
        await add("PaymentMethod", { organizationId, stripeId: "pm_x", brand: "visa", last4: "4242", expiresMonth: 1, expiresYear: 2099 }),
        billing,
      ],
      pro: [`${decision?.proposalId}`, `/admin/proposals/${decision?.proposalId}`],
      rec: [await add("RecoveryCode", { userId, codeHash: unique() }), user],
      rev: [await add("PersonalDataReveal", { userId, staffMemberId: staff.id }), user],
      rvw: [
        await add("ImpersonationReview", {
          impersonationId: impersonation,
          reviewerId: reviewer.id,
          reviewerLabel: reviewer.label,
          verdict: "appropriate",
        }),
        imp,
      ],
      ses: [sessionId, user],
      srg: [await add("StaffRoleGrant", { staffMemberId: staff.id, role: "billing" }), "/admin/staff"],
      stc: [
        await add("StripeCall", { organizationId, kind: "refund", objectId: "x", parameters: "{}", eventId: "evt_test" }),
        organization,
      ],
      stf: [staff.id, "/admin/staff"],
      sts: [staff.sessionId, "/admin/staff"],
      sub: [`${subscription?.id}`, organization],
      sup: [await add("SignUp", { email: `${unique()}@y.example`, name: "x", organizationName: "x", passwordHash: "x" }), null],
      sus: [await add("Suspension", { organizationId, reason: "test", ticket: "T-1" }), organization],
      tok: [await add("AccountToken", { userId, purpose: "resetPassword" }), user],
      usr: [userId, user],
      whd: [await add("WebhookDelivery", { endpointId: made.webhook, event: "monitor.down", payload: "{}" }), organization],
      whk: [made.webhook, organization],
    };
    for (const named of [ours.hnd, ours.sup]) {
      const [changed] = await rows(client, `SELECT "eventId" FROM "AuditChange" WHERE "rowId" = $1`, [named?.[0]]);
      if (named) named[1] = `/admin/audit/${changed?.eventId}`;
    }
    const theirs = {
      customer: [`${customer?.stripeCustomerId}`, organization],
      subscription: [`${subscription?.stripeSubscriptionId}`, organization],
      invoice: [`${theirInvoice?.stripeInvoiceId}`, invoice],
      payment: [`${theirInvoice?.stripePaymentIntentId}`, invoice],
      charge: [`${theirInvoice?.stripeChargeId}`, invoice],
      refund: [refund, invoice],
      job: [made.job, `/admin/jobs/${made.job}`],
    } satisfies Record<string, Named>;
    return { ours, theirs };
  });
}

function adder(client: pg.Client) {
  return async (table: string, values: Record<string, unknown>): Promise<string> => {
    const names = Object.keys(values);
    const [row] = await rows(
      client,
      `INSERT INTO "${table}" (${names.map((name) => `"${name}"`)}) VALUES (${names.map((_, index) => `$${index + 1}`)}) RETURNING "id"`,
      Object.values(values),
    );
    return `${row?.id}`;
  };
}

async function rows(client: pg.Client, sql: string, values: unknown[]): Promise<Record<string, string>[]> {
  return (await client.query(sql, values)).rows;
}

function alarmTimes(eventId: string) {
  const at = new Date();
  return { firstEventId: eventId, firstAt: at, lastEventId: eventId, lastAt: at };
}

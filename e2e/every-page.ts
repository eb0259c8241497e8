import { mailedSecret } from "#server/auth/mailed-secret.ts";
import { propose } from "#server/proposals.ts";
import { makeOrganization } from "#testing/fixtures.ts";
import { makeInvoice } from "#testing/make-invoice.ts";
import { waitingProposal } from "#testing/scenarios/approvals.ts";
import { makeBulkRun } from "#testing/scenarios/bulk.ts";
import { makeApiKey, makeWebhook } from "#testing/scenarios/integrations.ts";
import { makeJob } from "#testing/scenarios/jobs.ts";
import { makeInvitation } from "#testing/scenarios/people.ts";
import { prepare, requestOf, runAsPeopleDo } from "#testing/scenarios.ts";

export type Ids = {
  organization: string;
  slug: string;
  user: string;
  member: string;
  monitor: string;
  proposal: string;
  event: string;
  impersonation: string;
  invitation: string;
  invoice: string;
  apiKey: string;
  job: string;
  bulkRun: string;
  waiting: string;
  webhook: string;
};

/** A page's route, with the address at which there is something to see. */
export type Addresses = Record<string, (ids: Ids) => string>;

/** Further states of pages. */
export const staffStates: Addresses = {
  waiting: ({ waiting }) => `/admin/proposals/${waiting}`,
  decided: () => "/admin/approvals?show=decided",
  bulkOperations: () => "/admin/bulk/new",
};

/** Every page there is, with the address at which there is something to see. A new page needs a line here. */
export const staffPages: Addresses = {
  "/admin": () => "/admin",
  "/admin/[...path]": () => "/admin/no/such/page",
  "/admin/search": () => "/admin/search?q=customer.example",
  "/admin/organizations": () => "/admin/organizations",
  "/admin/organizations/[id]": ({ organization }) => `/admin/organizations/${organization}`,
  "/admin/organizations/[id]/billing": ({ organization }) => `/admin/organizations/${organization}/billing`,
  "/admin/organizations/[id]/exports": ({ organization }) => `/admin/organizations/${organization}/exports`,
  "/admin/invoices": () => "/admin/invoices",
  "/admin/invoices/[id]": ({ invoice }) => `/admin/invoices/${invoice}`,
  "/admin/users": () => "/admin/users",
  "/admin/users/[id]": ({ user }) => `/admin/users/${user}`,
  "/admin/operations/[name]": ({ organization }) => `/admin/operations/subscription.extendTrial?targetId=${organization}`,
  "/admin/proposals/[id]": ({ proposal }) => `/admin/proposals/${proposal}`,
  "/admin/runs/[eventId]": ({ event }) => `/admin/runs/${event}`,
  "/admin/audit": () => "/admin/audit",
  "/admin/audit/[id]": ({ event }) => `/admin/audit/${event}`,
  "/admin/audit/[id]/take-back": ({ event }) => `/admin/audit/${event}/take-back`,
  "/admin/jobs": () => "/admin/jobs",
  "/admin/jobs/[id]": ({ job }) => `/admin/jobs/${job}`,
  "/admin/impersonations": () => "/admin/impersonations",
  "/admin/impersonations/[id]": ({ impersonation }) => `/admin/impersonations/${impersonation}`,
  "/admin/reviews": () => "/admin/reviews",
  "/admin/approvals": () => "/admin/approvals",
  "/admin/bulk": () => "/admin/bulk",
  "/admin/bulk/[id]": ({ bulkRun }) => `/admin/bulk/${bulkRun}`,
  "/admin/bulk/new": () => "/admin/bulk/new?operation=organization.startMaintenance",
  "/admin/staff": () => "/admin/staff",
  "/admin/settings": () => "/admin/settings",
  "/admin/settings/[key]": () => "/admin/settings/businessHours",
};
export const productPages: Addresses = {
  "/(product)/o/[slug]": ({ slug }) => `/o/${slug}`,
  "/(product)/o/[slug]/api": ({ slug }) => `/o/${slug}/api`,
  "/(product)/o/[slug]/api/[id]/revoke": ({ slug, apiKey }) => `/o/${slug}/api/${apiKey}/revoke`,
  "/(product)/o/[slug]/api/new": ({ slug }) => `/o/${slug}/api/new`,
  "/(product)/o/[slug]/export": ({ slug }) => `/o/${slug}/export`,
  "/(product)/o/[slug]/webhooks": ({ slug }) => `/o/${slug}/webhooks`,
  "/(product)/o/[slug]/webhooks/[id]": ({ slug, webhook }) => `/o/${slug}/webhooks/${webhook}`,
  "/(product)/o/[slug]/webhooks/[id]/delete": ({ slug, webhook }) => `/o/${slug}/webhooks/${webhook}/delete`,
  "/(product)/o/[slug]/webhooks/[id]/new-secret": ({ slug, webhook }) => `/o/${slug}/webhooks/${webhook}/new-secret`,
  "/(product)/o/[slug]/webhooks/new": ({ slug }) => `/o/${slug}/webhooks/new`,
  "/(product)/o/[slug]/billing": ({ slug }) => `/o/${slug}/billing`,
  "/(product)/o/[slug]/billing/[id]": ({ slug, invoice }) => `/o/${slug}/billing/${invoice}`,
  "/(product)/o/[slug]/members": ({ slug }) => `/o/${slug}/members`,
  "/(product)/o/[slug]/members/[id]": ({ slug, member }) => `/o/${slug}/members/${member}`,
  "/(product)/o/[slug]/members/[id]/elevate": ({ slug, member }) => `/o/${slug}/members/${member}/elevate`,
  "/(product)/o/[slug]/members/[id]/remove": ({ slug, member }) => `/o/${slug}/members/${member}/remove`,
  "/(product)/o/[slug]/monitors": ({ slug }) => `/o/${slug}/monitors`,
  "/(product)/o/[slug]/monitors/[id]": ({ slug, monitor }) => `/o/${slug}/monitors/${monitor}`,
  "/(product)/o/[slug]/monitors/[id]/delete": ({ slug, monitor }) => `/o/${slug}/monitors/${monitor}/delete`,
  "/(product)/o/[slug]/monitors/[id]/edit": ({ slug, monitor }) => `/o/${slug}/monitors/${monitor}/edit`,
  "/(product)/o/[slug]/monitors/new": ({ slug }) => `/o/${slug}/monitors/new`,
  "/(product)/o/[slug]/settings": ({ slug }) => `/o/${slug}/settings`,
  "/(product)/o/[slug]/status": ({ slug }) => `/o/${slug}/status`,
  "/(product)/o/[slug]/support-access": ({ slug }) => `/o/${slug}/support-access`,
  "/(product)/o/[slug]/support-access/[id]": ({ slug, impersonation }) => `/o/${slug}/support-access/${impersonation}`,
  "/(product)/security": () => "/security",
  "/(product)/security/recovery-codes": () => "/security/recovery-codes",
  "/(product)/security/two-factor": () => "/security/two-factor",
};
export const openPages: Addresses = {
  "/(product)/impersonation/refused": () => "/impersonation/refused?why=used",
  "/(product)": () => "/",
  "/(product)/[...path]": () => "/no/such/page",
  "/(product)/invitations/accept": ({ invitation }) => `/invitations/accept?token=${mailedSecret(invitation)}`,
  "/(product)/confirm-email": () => "/confirm-email",
  "/(product)/developers": () => "/developers",
  "/(product)/forgot-password": () => "/forgot-password",
  "/(product)/reset-password": () => "/reset-password",
  "/(product)/sign-in": () => "/sign-in",
  "/(product)/sign-in/code": () => "/sign-in/code",
  "/(product)/sign-up": () => "/sign-up",
  "/(product)/sign-up/confirm": () => "/sign-up/confirm",
  "/admin/sign-in": () => "/admin/sign-in",
  "/admin/sign-in/refused": () => "/admin/sign-in/refused?reason=mfa",
};

/** What is behind these addresses, made for a test. */
export async function idsOf(world: Parameters<typeof requestOf>[0]["world"]): Promise<Ids> {
  const trial = { ...(await prepare("subscription.extendTrial")), targetId: world.id };
  const { proposalId } = await propose(requestOf(trial));
  const { eventId } = await runAsPeopleDo({ ...(await prepare("organization.rename")), targetId: world.id });
  const { output } = await runAsPeopleDo({ ...(await prepare("impersonation.start")), targetId: world.people.member.membershipId });
  const { impersonationId } = output as { impersonationId: string };
  const { owner, member } = world.people;
  return {
    organization: world.id,
    slug: world.slug,
    user: owner.id,
    member: member.membershipId,
    monitor: world.monitor.id,
    proposal: proposalId,
    event: eventId,
    impersonation: impersonationId,
    apiKey: (await makeApiKey(world)).id,
    bulkRun: await makeBulkRun(world, "ready"),
    waiting: (await waitingProposal(await makeOrganization())).proposalId,
    job: await makeJob(world, { state: "failed" }),
    webhook: (await makeWebhook(world)).id,
    invoice: await makeInvoice(world),
    invitation: await makeInvitation(world, { email: `${world.slug}@invited.example` }),
  };
}

import { accessRequestTarget } from "./targets/access-request.ts";
import { apiKeyTarget } from "./targets/api-key.ts";
import { bulkRunTarget } from "./targets/bulk-run.ts";
import { dataExportTarget } from "./targets/data-export.ts";
import { impersonationTarget } from "./targets/impersonation.ts";
import { invitationTarget } from "./targets/invitation.ts";
import { invoiceTarget } from "./targets/invoice.ts";
import { jobTarget } from "./targets/job.ts";
import { membershipTarget } from "./targets/membership.ts";
import { monitorTarget } from "./targets/monitor.ts";
import { organizationTarget } from "./targets/organization.ts";
import { planTarget } from "./targets/plan.ts";
import { proposalTarget } from "./targets/proposal.ts";
import { sessionTarget } from "./targets/session.ts";
import { settingTarget } from "./targets/setting.ts";
import { staffMemberTarget } from "./targets/staff-member.ts";
import { stripeCallTarget } from "./targets/stripe-call.ts";
import { systemTarget } from "./targets/system.ts";
import { userTarget } from "./targets/user.ts";
import { webhookEndpointTarget } from "./targets/webhook-endpoint.ts";

/** The models that operations are about. */
export const targets = {
  System: systemTarget,
  Setting: settingTarget,
  Plan: planTarget,
  Organization: organizationTarget,
  User: userTarget,
  Membership: membershipTarget,
  Invitation: invitationTarget,
  Session: sessionTarget,
  Monitor: monitorTarget,
  ApiKey: apiKeyTarget,
  WebhookEndpoint: webhookEndpointTarget,
  DataExport: dataExportTarget,
  Job: jobTarget,
  StaffMember: staffMemberTarget,
  Invoice: invoiceTarget,
  StripeCall: stripeCallTarget,
  Impersonation: impersonationTarget,
  AccessRequest: accessRequestTarget,
  Proposal: proposalTarget,
  BulkRun: bulkRunTarget,
};

export type TargetType = keyof typeof targets;
export type TargetRow<Type extends TargetType> = NonNullable<Awaited<ReturnType<(typeof targets)[Type]["find"]>>>;
export type TargetWhere<Type extends TargetType> = Parameters<(typeof targets)[Type]["find"]>[1];

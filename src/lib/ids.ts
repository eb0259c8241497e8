/** What each id prefix names; made by the database function new_id(), and all of the schema's are here. */
export const idPrefixes = {
  acr: "AccessRequest",
  alm: "Alarm",
  blk: "BulkRun",
  chg: "AuditChange",
  dea: "Deactivation",
  dec: "ProposalDecision",
  del: "ScheduledDeletion",
  dex: "DataExport",
  dft: "BillingDrift",
  drf: "FormDraft",
  evt: "AuditEvent",
  exp: "SeatExpansion",
  flg: "OrganizationFlag",
  hnd: "HandoverCode",
  imp: "Impersonation",
  inv: "Invoice",
  ivt: "Invitation",
  key: "ApiKey",
  lck: "Lockout",
  led: "LedgerEntry",
  lim: "LimitOverride",
  mem: "Membership",
  mnt: "Maintenance",
  mon: "Monitor",
  msc: "MonitorStateChange",
  org: "Organization",
  pay: "PaymentMethod",
  pro: "Proposal",
  rec: "RecoveryCode",
  rev: "PersonalDataReveal",
  rvw: "ImpersonationReview",
  ses: "Session",
  srg: "StaffRoleGrant",
  stc: "StripeCall",
  stf: "StaffMember",
  sts: "StaffSession",
  sub: "Subscription",
  sup: "SignUp",
  sus: "Suspension",
  tok: "AccountToken",
  usr: "User",
  whd: "WebhookDelivery",
  whk: "WebhookEndpoint",
} as const;

export type IdType = (typeof idPrefixes)[keyof typeof idPrefixes];

const idForm = /^([a-z]{3})_([0-9a-f]{12})[0-9a-f]{12}$/;

/** What a pasted id names, or null when it is not one of ours. */
export function findIdType(id: string): IdType | null {
  const prefix = idForm.exec(id)?.[1];
  return prefix && Object.hasOwn(idPrefixes, prefix) ? idPrefixes[prefix as keyof typeof idPrefixes] : null;
}

/** When an id was made, to the millisecond: narrows a search by id to one partition. */
export function idTime(id: string): Date | null {
  const hex = idForm.exec(id)?.[2];
  return hex ? new Date(Number.parseInt(hex, 16)) : null;
}

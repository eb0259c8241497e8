/** What each id prefix names; made by the database function new_id(). */
export const idPrefixes = {
  org: "Organization",
  usr: "User",
  mem: "Membership",
  mon: "Monitor",
  sub: "Subscription",
  inv: "Invoice",
  led: "LedgerEntry",
  stc: "StripeCall",
  ses: "Session",
  stf: "StaffMember",
  sts: "StaffSession",
  imp: "Impersonation",
  pro: "Proposal",
  evt: "AuditEvent",
} as const;

export type IdType = (typeof idPrefixes)[keyof typeof idPrefixes];

const idForm = /^([a-z]{3})_([0-9a-f]{12})[0-9a-f]{12}$/;

/** What a pasted id names, or null when it is not one of ours. */
export function findIdType(id: string): IdType | null {
  const prefix = idForm.exec(id)?.[1];
  return prefix && prefix in idPrefixes ? idPrefixes[prefix as keyof typeof idPrefixes] : null;
}

/** When an id was made, to the millisecond: narrows a search by id to one partition. */
export function idTime(id: string): Date | null {
  const hex = idForm.exec(id)?.[2];
  return hex ? new Date(Number.parseInt(hex, 16)) : null;
}

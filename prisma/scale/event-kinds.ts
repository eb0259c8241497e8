export type EventKind = {
  operation: string;
  /** Of all events, in percent. */
  share: number;
  actor: "user" | "staff";
  target: "System" | "Organization" | "User" | "Membership" | "Monitor";
  summary: string;
  ticket?: true;
  /** One row of this table changed so. */
  change?: { table: string; before: string; after: string };
};

/** What a year of work leaves in the audit, and in which proportion. */
export const eventKinds: EventKind[] = [
  { operation: "user.signIn", share: 36, actor: "user", target: "User", summary: "Sign in" },
  { operation: "search.run", share: 20, actor: "staff", target: "System", summary: "Search for a customer" },
  {
    operation: "monitor.update",
    share: 12,
    actor: "user",
    target: "Monitor",
    summary: "Change a monitor",
    change: { table: "Monitor", before: '{"graceSeconds": 300}', after: '{"graceSeconds": 600}' },
  },
  { operation: "impersonation.start", share: 6, actor: "staff", target: "User", summary: "View as a customer, read-only", ticket: true },
  { operation: "impersonation.end", share: 6, actor: "staff", target: "User", summary: "Stop viewing as a customer" },
  {
    operation: "membership.changeRole",
    share: 6,
    actor: "user",
    target: "Membership",
    summary: "Change a role to admin",
    change: { table: "Membership", before: '{"role": "member"}', after: '{"role": "admin"}' },
  },
  { operation: "user.clearLockout", share: 5, actor: "staff", target: "User", summary: "Clear a lockout" },
  {
    operation: "subscription.extendTrial",
    share: 4,
    actor: "staff",
    target: "Organization",
    summary: "Extend a trial by 14 days",
    ticket: true,
    change: {
      table: "Subscription",
      before: '{"trialEndsAt": "2026-11-01T00:00:00.000Z"}',
      after: '{"trialEndsAt": "2026-11-15T00:00:00.000Z"}',
    },
  },
  { operation: "user.endSessions", share: 2, actor: "staff", target: "User", summary: "End all sessions" },
  {
    operation: "organization.rename",
    share: 2,
    actor: "user",
    target: "Organization",
    summary: "Rename an organization",
    change: { table: "Organization", before: '{"name": "Old name"}', after: '{"name": "New name"}' },
  },
  { operation: "organization.suspend", share: 1, actor: "staff", target: "Organization", summary: "Suspend an organization", ticket: true },
];

export const reasons = [
  "Customer cannot sign in since this morning",
  "Evaluation runs longer than planned",
  "Asked for by the account's owner on the phone",
  "Investigating a missing ping",
  "Checking an invoice before the renewal call",
  "Security review of a leaked key",
  "Duplicate organization after a merger",
];

export const staffNames = [
  "Vera Lindqvist",
  "Sam Okafor",
  "Sofia Marques",
  "Bianca Rossi",
  "Omar Haddad",
  "Elena Petrova",
  "Ada Nakamura",
  "Anton Weber",
  "Joy Mwangi",
  "Luca Moretti",
  "Hyejin Park",
  "Marek Novotny",
  "Salma Fahmy",
  "Peter Osei",
  "Greta Holm",
  "Ravi Menon",
  "Chloe Laurent",
  "Andile Zulu",
];

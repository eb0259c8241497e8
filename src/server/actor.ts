import type { ClosedOrganization } from "#domain/closures.ts";
import type { ImpersonationMode, OrganizationRole, StaffRole } from "#generated/prisma/enums.ts";

export type StaffActor = {
  type: "staff";
  id: string;
  label: string;
  email: string;
  /** With the roles that those given imply. */
  roles: readonly StaffRole[];
  sessionId: string;
  /** When the identity provider last saw this person prove who they are. */
  authenticatedAt: Date;
  impersonating: string | null;
};

export type UserMembership = { organizationId: string; role: OrganizationRole };

export type UserActor = {
  type: "user";
  id: string;
  label: string;
  email: string;
  memberships: readonly UserMembership[];
  /** Null for somebody who proved who they are by a mailed link alone. */
  sessionId: string | null;
};

/** The application itself: seeding, scheduled work. */
export type SystemActor = { type: "system"; id: string; label: string };

/** A customer's program with an API key: acts for one organization, within the key's scopes. */
export type ServiceActor = {
  type: "service";
  /** The key's id. */
  id: string;
  label: string;
  organizationId: string;
  scopes: readonly string[];
};

/** Somebody who has not signed in, and may do only what everybody may. */
export type VisitorActor = { type: "visitor"; id: "visitor"; label: "Visitor" };

/** Who really acts. Never replaced while impersonating: then `onBehalfOf` says in whose seat the actor sits. */
export type Actor = StaffActor | UserActor | ServiceActor | SystemActor | VisitorActor;

export type OnBehalfOf = Omit<UserActor, "type" | "sessionId">;

export type ActiveImpersonation = {
  id: string;
  mode: ImpersonationMode;
  expiresAt: Date;
  organizationId: string;
  organizationName: string;
  /** Why it was begun, or why writing was asked for since; every event inside it says so. */
  reason: string;
  ticket: string;
};

export type RequestInfo = { requestId: string; sourceIp: string | null; userAgent: string | null };

/** What every procedure and operation knows about the request. */
export type Context = RequestInfo & {
  actor: Actor | null;
  onBehalfOf: OnBehalfOf | null;
  impersonation: ActiveImpersonation | null;
  /** Organizations of the person in this seat that are closed: they are not among the memberships. */
  closedOrganizations?: readonly ClosedOrganization[];
};

export type SignedInContext = Context & { actor: Actor };

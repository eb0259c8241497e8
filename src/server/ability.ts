import { type Ability, AbilityBuilder, subject } from "@casl/ability";
import { createPrismaAbility } from "@casl/prisma/runtime";
import type { OrganizationRole, StaffRole } from "#generated/prisma/enums.ts";
import type { Context, ServiceActor, UserMembership } from "./actor.ts";
import type { AnyOperation, CustomerRole } from "./operation.ts";
import { type TargetRow, type TargetType, targets } from "./targets.ts";

/** "read", or the name of an operation: a closed set, never "manage". */
export type Verb = string;
type Conditions = Record<string, unknown>;
export type AppAbility = Ability<[Verb, string | object], Conditions>;

/** What a person may do is compiled from the operations' grants, so it is handed in: the kernel knows no operation. */
export type Grants = readonly Pick<
  AnyOperation,
  "name" | "target" | "allow" | "allowCustomer" | "allowVisitor" | "allowSystem" | "whileImpersonating"
>[];

const targetTypes = Object.keys(targets) as TargetType[];

export function defineAbilityFor(context: Context, grants: Grants): AppAbility {
  // biome-ignore lint/suspicious/noExplicitAny: the library's types want one fixed map of models
  const builder = new AbilityBuilder<AppAbility>(createPrismaAbility as any);
  const { actor, onBehalfOf, impersonation } = context;
  if (actor?.type === "staff" && onBehalfOf && impersonation) {
    const memberships = onBehalfOf.memberships.filter((membership) => membership.organizationId === impersonation.organizationId);
    const may = (grant: Grants[number]) => (impersonation.mode === "write" ? staffMayInSeat(grant, actor.roles) : null);
    // Without their address: what waits for them elsewhere is nothing to see from this seat.
    grantCustomer(builder, { userId: onBehalfOf.id, email: null, memberships, grants, may });
    grantOwnImpersonation(builder, actor.roles, impersonation.id, grants);
  } else if (actor?.type === "staff") {
    grantStaff(builder, actor.roles, grants);
  } else if (actor?.type === "user") {
    grantCustomer(builder, { userId: actor.id, email: actor.email, memberships: actor.memberships, grants, may: () => [] });
  } else if (actor?.type === "system") {
    grantSystem(builder, grants);
  } else if (actor?.type === "service") {
    grantService(builder, actor, grants);
  } else if (actor?.type === "visitor") {
    grantVisitor(builder, grants);
  }
  return builder.build();
}

/** Asks about one loaded row; never about a type alone, because a type says yes when only some rows would. */
export function mayOn<Type extends TargetType>(ability: AppAbility, verb: Verb, type: Type, row: TargetRow<Type>): boolean {
  return ability.can(verb, subject(type, { ...row }));
}

type Builder = AbilityBuilder<AppAbility>;

function grantStaff({ can }: Builder, roles: readonly StaffRole[], grants: Grants): void {
  if (roles.length > 0) for (const type of targetTypes) can("read", type);
  for (const { name, target, allow } of grants) {
    for (const role of roles) {
      const condition = allow?.[role];
      if (condition) can(name, target, ...conditionOf(condition));
    }
  }
}

function grantSystem({ can }: Builder, grants: Grants): void {
  for (const type of targetTypes) can("read", type);
  for (const { name, target, allowSystem } of grants) if (allowSystem) can(name, target);
}

/** With an API key: what an admin of its organization may do with monitors, and nothing else. */
function grantService({ can }: Builder, { organizationId, scopes }: ServiceActor, grants: Grants): void {
  const reach = { Organization: { id: organizationId }, Monitor: { organizationId } };
  for (const [type, own] of Object.entries(reach)) can("read", type, own);
  if (!scopes.includes("monitors:write")) return;
  for (const { name, target, allowCustomer } of grants) {
    const condition = allowCustomer?.admin;
    const own = reach[target as keyof typeof reach];
    if (name.startsWith("monitor.") && condition && own) can(name, target, { AND: [own, ...conditionOf(condition)] });
  }
}

/** Visitors reach no row but the system itself. */
function grantVisitor({ can }: Builder, grants: Grants): void {
  can("read", "System");
  for (const { name, target, allowVisitor } of grants) if (allowVisitor && target === "System") can(name, target);
}

/** While sitting in a customer's seat, staff keep their own rights over this impersonation alone: to end it. */
function grantOwnImpersonation({ can }: Builder, roles: readonly StaffRole[], impersonationId: string, grants: Grants): void {
  const own = { id: impersonationId };
  can("read", "Impersonation", own);
  for (const { name, target, allow, whileImpersonating } of grants) {
    if (target === "Impersonation" && whileImpersonating && roles.some((role) => allow?.[role])) can(name, target, own);
  }
}

/**
 * What the staff member may do themselves, for what they do in a customer's seat: never more than is declared for it, and
 * where staff have a way of their own to do it, no more than that way gives. Null for nothing, [] for without a condition.
 */
function staffMayInSeat({ allow, whileImpersonating }: Grants[number], roles: readonly StaffRole[]): Conditions[] | null {
  if (whileImpersonating !== "whenWriting" || !roles.includes("support")) return null;
  if (!allow) return [];
  const conditions = roles.flatMap((role) => allow[role] ?? []);
  if (conditions.length === 0) return null;
  return conditions.includes(true) ? [] : [{ OR: conditions.flatMap(conditionOf) }];
}

type CustomerGrants = {
  userId: string;
  email: string | null;
  memberships: readonly UserMembership[];
  grants: Grants;
  /** Further conditions for whoever acts in this person's place; null where they may not. */
  may: (grant: Grants[number]) => Conditions[] | null;
};

function grantCustomer({ can }: Builder, { memberships, grants, may, ...person }: CustomerGrants): void {
  const reachOf = (type: TargetType, role: CustomerRole | "any"): Conditions | null => customerReach(type, role, person, memberships);
  for (const type of targetTypes) {
    // By the organization where there is one: within an impersonation, the person's other organizations stay out of sight.
    const reach = reachOf(type, "any") ?? reachOf(type, "self");
    if (reach) can("read", type, reach);
    const addressed = "emailField" in targets[type] ? reachOf(type, "self") : null;
    if (addressed) can("read", type, addressed);
  }
  for (const grant of grants) {
    const further = may(grant);
    if (!further) continue;
    for (const [role, condition] of Object.entries(grant.allowCustomer ?? {})) {
      const reach = reachOf(grant.target, role as CustomerRole);
      if (reach && condition) can(grant.name, grant.target, { AND: [reach, ...conditionOf(condition), ...further] });
    }
  }
}

function customerReach(
  type: TargetType,
  role: CustomerRole | "any",
  { userId, email }: { userId: string; email: string | null },
  memberships: readonly UserMembership[],
): Conditions | null {
  const { organizationField, userField, emailField } = targets[type] as {
    organizationField?: string;
    userField?: string;
    emailField?: string;
  };
  if (role === "self" && emailField) return email ? { [emailField]: email } : null;
  if (role === "self") return userField ? { [userField]: userId } : null;
  const organizationIds = memberships
    .filter((membership) => role === "any" || membership.role === (role as OrganizationRole))
    .map((membership) => membership.organizationId);
  return organizationField && organizationIds.length > 0 ? { [organizationField]: { in: organizationIds } } : null;
}

/** An empty condition would be dropped on its way to SQL and mean every row. */
function conditionOf(condition: unknown): [] | [Conditions] {
  if (condition === true) return [];
  if (typeof condition !== "object" || condition === null || Object.keys(condition).length === 0)
    throw new Error("A grant is true or a condition that is not empty.");
  return [condition as Conditions];
}

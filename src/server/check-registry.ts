import { z } from "zod";
import { staffRoleNames } from "#domain/roles.ts";
import { type AnyOperation, hasSecretInput, type Registry } from "./operation.ts";
import { targets } from "./targets.ts";

/** Throws one error that lists every broken rule, each with the operation, the rule's number and how to mend it. */
export function checkRegistry(registry: Registry): void {
  const entries = Object.entries(registry);
  const names = entries.map(([, operation]) => operation.name);
  const problems = entries.flatMap(([key, operation]) => rules.flatMap((rule) => rule(operation, { key, names })));
  if (problems.length > 0) throw new Error(`The operations cannot be registered:\n  ${problems.join("\n  ")}`);
}

type Rule = (operation: AnyOperation, registered: { key: string; names: string[] }) => string[];

const rules: Rule[] = [
  ({ name }) =>
    /^[a-z][a-zA-Z]*\.[a-z][a-zA-Z]*$/.test(name) ? [] : [`OP01 ${name}: a name is "noun.verbPhrase" in camel case. Rename it.`],
  ({ name }, { names }) =>
    names.filter((other) => other === name).length > 1 ? [`OP02 ${name}: another operation has this name. Rename one.`] : [],
  ({ name }, { key }) => (key === exportName(name) ? [] : [`OP03 ${name}: it is exported as ${key}. Export it as ${exportName(name)}.`]),
  ({ name, target }) =>
    target in targets ? [] : [`OP04 ${name}: "${String(target)}" is not a target. Use one of ${Object.keys(targets).join(", ")}.`],
  ({ name, allow, allowCustomer, allowVisitor, allowSystem }) =>
    allowVisitor || allowSystem || Object.keys({ ...allow, ...allowCustomer }).length > 0
      ? []
      : [`OP05 ${name}: nobody may do it. Give it allow, allowCustomer, allowVisitor or allowSystem.`],
  ({ name, allow }) =>
    Object.keys(allow ?? {})
      .filter((role) => !staffRoleNames.includes(role as never))
      .map((role) => `OP06 ${name}: "${role}" is not a staff role. Use one of ${staffRoleNames.join(", ")}.`),
  ({ name, allow, allowCustomer }) =>
    Object.entries({ ...allow, ...allowCustomer })
      .filter(([, condition]) => condition !== true && Object.keys(condition ?? {}).length === 0)
      .map(([role]) => `OP07 ${name}: the condition for "${role}" is empty, which would mean every row. Write true, or a condition.`),
  ({ name, input }) => (isStrict(input) ? [] : [`OP08 ${name}: input takes unknown fields. Use z.strictObject.`]),
  ({ name, input }) =>
    Object.entries(input?.shape ?? {})
      .filter(([, field]) => !(field as z.ZodType).meta()?.title)
      .map(([field]) => `OP09 ${name}: the field "${field}" has no title for its label. Add .meta({ title }).`),
  ({ name, risk, allowCustomer }) =>
    risk === "critical" && allowCustomer
      ? [`OP10 ${name}: critical asks for a fresh staff sign-in, which a customer cannot give. Lower the risk, or remove allowCustomer.`]
      : [],
  (operation) =>
    operation.allow && hasSecretInput(operation)
      ? [`OP11 ${operation.name}: staff would type a secret into a proposal that others read. Remove the field or allow.`]
      : [],
  ({ name, target, allowVisitor }) =>
    allowVisitor && target !== "System" ? [`OP12 ${name}: visitors reach no row. Make its target System, or remove allowVisitor.`] : [],
  (operation) =>
    operation.whileImpersonating && !mayBeDeclaredForSeats(operation)
      ? [
          `OP13 ${operation.name}: passwords, addresses, factors, keys, exports, deleting, inviting and promoting are never done in a customer's seat. Remove whileImpersonating.`,
        ]
      : [],
  ({ name, target, whileImpersonating }) =>
    whileImpersonating === "always" && target !== "Impersonation"
      ? [`OP14 ${name}: a read-only impersonation writes nothing but its own end. Make it "whenWriting", or remove it.`]
      : [],
];

const seatTargets = ["Impersonation", "Organization", "Monitor"];
const neverInSeats =
  /^(user|session|account|apiKey|webhook|webhookEndpoint|invitation|membership|member|dataExport|payment|paymentMethod|billing|invoice|staff)\.|delete|remove|purge|close|export|invite|promote|elevate|password|email|factor|totp|recovery|key|secret|supportAccess/i;

function mayBeDeclaredForSeats(operation: AnyOperation): boolean {
  return seatTargets.includes(operation.target) && !neverInSeats.test(operation.name) && !hasSecretInput(operation);
}

/** "user.clearLockout" → "userClearLockout". */
function exportName(name: string): string {
  return name.replace(/\.(\w)/, (_match, first: string) => first.toUpperCase());
}

function isStrict(input: z.ZodObject | undefined): boolean {
  return input instanceof z.ZodObject && input._zod.def.catchall instanceof z.ZodNever;
}

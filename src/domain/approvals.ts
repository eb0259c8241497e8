import { z } from "zod";
import type { StaffRole } from "#generated/prisma/enums.ts";
import { formatMoney, minorDigits } from "#lib/money.ts";
import { staffRoleNames, staffRoles, strongestRoles } from "./roles.ts";

/** What gives money to a customer, and the roles that may. */
const givers = {
  "invoice.refund": { title: "Refund", roles: ["billing", "operations", "engineering", "admin"] },
  "organization.credit": { title: "Credit", roles: ["support", "billing", "operations", "engineering", "admin"] },
  // What is left of a dearer plan or of more seats, given back or not charged.
  "subscription.changePlan": { title: "Plan or seats", roles: ["billing", "operations", "engineering", "admin"] },
} as const satisfies Record<string, { title: string; roles: readonly StaffRole[] }>;

const defaultThreshold = 5_000;
const most = 100_000_000;

function hundredths(title: string, help?: string) {
  return z
    .int("Enter a whole number.")
    .min(0, "Not less than 0.")
    .max(most, `At most ${most.toLocaleString("en-GB")}.`)
    .meta({ title, ...(help && { help }) });
}

const thresholdKeys = Object.entries(givers).flatMap(([operation, { title, roles }]) =>
  roles.map((role) => ({ key: thresholdKey(operation, role), title: `${title}, ${roleWord(role)}` })),
);

function roleWord(role: StaffRole): string {
  return staffRoles[role].title.toLowerCase();
}

/** "invoice.refund" and billing → "refundBilling": a field of the setting. */
function thresholdKey(operation: string, role: StaffRole): string {
  return `${operation.split(".")[1]}${role.charAt(0).toUpperCase()}${role.slice(1)}`;
}

export const thresholdFields = z.strictObject(
  Object.fromEntries(thresholdKeys.map(({ key, title }) => [key, hundredths(title, "In hundredths: 5000 is 50.00")])),
);
export const defaultThresholds: Record<string, number> = Object.fromEntries(thresholdKeys.map(({ key }) => [key, defaultThreshold]));

/** "Refund 50.00 for every role; Credit 25.00 for support, 50.00 for billing, …": a sum once where all have the same. */
export function thresholdsInWords(value: Record<string, number>): string {
  return Object.entries(givers)
    .map(([operation, { title, roles }]) => {
      const amounts = roles.map((role) => ({ role, amount: ((value[thresholdKey(operation, role)] ?? 0) / 100).toFixed(2) }));
      const [first] = amounts;
      return first && amounts.every(({ amount }) => amount === first.amount)
        ? `${title} ${first.amount} for every role`
        : `${title} ${amounts.map(({ role, amount }) => `${amount} for ${roleWord(role)}`).join(", ")}`;
    })
    .join("; ");
}

export const budgetFields = z.strictObject({
  staffMemberADay: hundredths("Each staff member, in a day", "In hundredths: 50000 is 500.00, over any 24 hours"),
  customerAMonth: hundredths("Each customer, in a month", "In hundredths, over any 30 days, whoever gives it"),
});

export function budgetsInWords({ staffMemberADay, customerAMonth }: z.output<typeof budgetFields>): string {
  return `${(staffMemberADay / 100).toFixed(2)} a day for each staff member, ${(customerAMonth / 100).toFixed(2)} a month for each customer`;
}

/** The most that these roles may give alone by this operation, in hundredths of the currency's unit; 0 where nothing says more. */
export function thresholdOf(operation: string, roles: readonly StaffRole[], thresholds: Record<string, number>): number {
  return Math.max(0, ...roles.map((role) => thresholds[thresholdKey(operation, role)] ?? 0));
}

/** The settings that say when a second person is needed: changing them needs one as well. */
export const guardedSettings: readonly string[] = ["approvalThresholds", "budgets"];

/** Hundredths of a currency's unit as its minor unit: 5000 are 5000 cents, 50 yen, 50000 fils. */
export function toMinor(hundredthsOfUnit: number, currency: string): number {
  const digits = minorDigits(currency);
  return digits >= 2 ? hundredthsOfUnit * 10 ** (digits - 2) : Math.floor(hundredthsOfUnit / 100);
}

/** The other way round, rounded up: budgets count all currencies at par. */
export function toHundredths(amount: number, currency: string): number {
  const digits = minorDigits(currency);
  return digits > 2 ? Math.ceil(amount / 10 ** (digits - 2)) : amount * 10 ** (2 - digits);
}

/** Why an amount needs a second person; null where it does not. */
export function overThreshold(
  { amount, currency }: { amount: number; currency: string },
  { operation, roles, thresholds }: { operation: string; roles: readonly StaffRole[]; thresholds: Record<string, number> },
): string | null {
  const alone = toMinor(thresholdOf(operation, roles, thresholds), currency);
  if (amount <= alone) return null;
  const role = strongestRoles(staffRoleNames.filter((name) => roles.includes(name))).map((name) => staffRoles[name].title.toLowerCase());
  return `${formatMoney(amount, currency)} is more than the ${formatMoney(alone, currency)} that ${role.join(" and ")} may give alone.`;
}

/** Who may agree to what somebody else asked for, if they may also do it themselves. */
export const approverRole: StaffRole = "operations";

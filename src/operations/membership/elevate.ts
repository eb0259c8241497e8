import { z } from "zod";
import { elevationGranted } from "#domain/mails/elevation-granted.ts";
import { isHigher } from "#domain/memberships.ts";
import { formatTime } from "#lib/format-time.ts";
import { fromUtcMinute, utcMinute } from "#lib/utc-minute.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { requireMayGive } from "#server/membership-rules.ts";
import { defineOperation } from "#server/operation.ts";

const month = 31 * 86_400_000;

export const membershipElevate = defineOperation({
  name: "membership.elevate",
  title: "Lend a higher role",
  description: "A higher role until a time of your choice; then the present one counts again by itself.",
  target: "Membership",
  allow: { operations: true },
  allowCustomer: { owner: true },
  risk: "risky",
  input: z.strictObject({
    role: z.enum(["admin", "owner"]).meta({ title: "Role until then" }),
    until: utcMinute().meta({ title: "Until (UTC)", help: "At most 31 days from now" }),
  }),
  unavailable: (target) => (target.role === "owner" ? `${target.user.name} is an owner: there is no higher role.` : null),
  inverse: () => ({ operation: "membership.endElevation" }),
  summary: ({ target, input }) =>
    `Make ${target.user.name} ${input.role} of ${target.organization.name} until ${formatTime(fromUtcMinute(input.until))}`,
  consequences: ({ target }) => [`Then ${target.user.name} is ${target.role} again; what they have changed until then stays.`],
  async run({ db, target, input, context, effect }) {
    const until = fromUtcMinute(input.until);
    const left = until.getTime() - Date.now();
    if (left <= 0 || left > month) throw refusedField("until", "Choose a time within the next 31 days.");
    if (!isHigher(input.role, target.role)) throw refusedField("role", `${target.user.name} is ${target.role} already.`);
    await requireMayGive(db, { context, organizationId: target.organizationId, role: input.role });
    await db.membership.update({
      where: { id: target.id },
      data: { elevatedRole: input.role, elevatedUntil: until },
      select: { id: true },
    });
    const data = { organizationName: target.organization.name, role: input.role, until: until.toISOString(), afterwards: target.role };
    effect(mail(elevationGranted, { to: target.user, data }));
  },
});

function refusedField(name: string, sentence: string): AppError {
  return new AppError("CONFLICT", { userMessage: sentence, details: { fields: { [`input.${name}`]: sentence } } });
}

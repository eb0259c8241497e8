import { cookies } from "next/headers";
import { seeOther } from "#server/auth/see-other.ts";
import { AppError } from "#server/errors.ts";
import { impersonationCookie } from "#server/impersonation-session.ts";
import { staffForm } from "../../../staff-form.ts";

/** Takes the customer's seat in this browser: only for who began the impersonation, in that session, while it is open. */
export const POST = staffForm<{ id: string }>(async ({ staff, params: { id } }) => {
  const { mine, state, organization, staffMember } = await staff.impersonations.get({ id });
  if (!mine) throw new AppError("FORBIDDEN", { userMessage: `Only ${staffMember.name}, in the session in which it began, can go in.` });
  if (state !== "open") return seeOther(`/admin/impersonations/${id}`);
  const { name, value, options } = await impersonationCookie(id);
  (await cookies()).set(name, value, options);
  return seeOther(`/o/${organization.slug}`);
});

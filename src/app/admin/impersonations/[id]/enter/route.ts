import { addressOf } from "#server/auth/hosts.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { handOver } from "#server/impersonation-handover.ts";
import { staffForm } from "../../../staff-form.ts";

/** The way into the product: only for who began the impersonation, in that session, while it is open. */
export const POST = staffForm<{ id: string }>(async ({ context, staff, params: { id } }) => {
  const { mine, state, organization, staffMember, user } = await staff.impersonations.get({ id });
  if (mine && state !== "open") return seeOther(`/admin/impersonations/${id}`);
  const label = `${staffMember.name} as ${user.name} (${organization.name})`;
  const code = await handOver(context, { id, label, organizationId: organization.id });
  return seeOther(addressOf(`/impersonation/enter?${new URLSearchParams({ code })}`));
});

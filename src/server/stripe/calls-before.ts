import { writer } from "../db.ts";

type Call = { id: string; organizationId: string; parameters: unknown };

/**
 * Whether an earlier call about the same subscription is not settled yet. Those ask for a state, so the last word has to
 * be said last. Refunds and credits add up, and wait for nobody.
 */
export async function hasUnsettledBefore({ id, organizationId, parameters }: Call): Promise<boolean> {
  const { subscription } = parameters as { subscription?: string };
  if (!subscription) return false;
  const before = await writer().stripeCall.findFirst({
    where: { organizationId, state: "pending", id: { lt: id }, parameters: { path: ["subscription"], equals: subscription } },
    select: { id: true },
  });
  return before !== null;
}

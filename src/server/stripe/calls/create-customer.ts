import { reader } from "../../db.ts";
import { callMark, findMarked, type Performer } from "../call.ts";

export const createCustomer: Performer<"createCustomer"> = {
  async perform({ stripe, callId, parameters: { name } }) {
    const email = await findOwnersAddress(callId);
    const metadata = { [callMark]: callId };
    const { id } = await stripe.customers.create({ name, ...(email && { email }), metadata }, { idempotencyKey: callId });
    return { stripeId: id };
  },
  async find({ stripe, callId }) {
    const email = await findOwnersAddress(callId);
    const found = await findMarked(stripe.customers.list({ ...(email && { email }), limit: 100 }), callId);
    return found && { stripeId: found.id };
  },
};

/** Looked up when it is needed, because the call itself is kept in the audit. */
async function findOwnersAddress(callId: string): Promise<string | null> {
  const owner = await reader().membership.findFirst({
    where: { role: "owner", organization: { stripeCalls: { some: { id: callId } } } },
    orderBy: { id: "asc" },
    select: { user: { select: { email: true } } },
  });
  return owner?.user.email ?? null;
}

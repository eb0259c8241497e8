import { callMark, findMarked, type Performer } from "../call.ts";

export const createCustomer: Performer<"createCustomer"> = {
  async perform({ stripe, callId, parameters: { name, email } }) {
    const { id } = await stripe.customers.create({ name, email, metadata: { [callMark]: callId } }, { idempotencyKey: callId });
    return { stripeId: id };
  },
  async find({ stripe, callId, parameters: { email } }) {
    const found = await findMarked(stripe.customers.list({ email, limit: 100 }), callId);
    return found && { stripeId: found.id };
  },
};

import { callMark, findMarked, type Performer } from "../call.ts";

export const credit: Performer<"credit"> = {
  async perform({ stripe, callId, parameters: { customer, amount, currency, description } }) {
    // A negative balance is what the customer has in hand.
    const { id } = await stripe.customers.createBalanceTransaction(
      customer,
      { amount: -amount, currency: currency.toLowerCase(), description, metadata: { [callMark]: callId } },
      { idempotencyKey: callId },
    );
    return { stripeId: id };
  },
  async find({ stripe, callId, parameters: { customer } }) {
    const found = await findMarked(stripe.customers.listBalanceTransactions(customer, { limit: 100 }), callId);
    return found && { stripeId: found.id };
  },
};

import { productContext } from "#server/context.ts";

/** The signed-in person, as who acts and on whom; null where nobody is. Staff in a customer's seat are refused by the pipeline. */
export async function ownContext({ headers }: Request) {
  const { actor, ...context } = await productContext(headers);
  return actor && { context: { ...context, actor }, targetId: (context.onBehalfOf ?? actor).id };
}

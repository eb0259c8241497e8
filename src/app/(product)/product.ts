import { cache } from "react";
import { procedureContext } from "#router/procedure-context.ts";
import { createProductCaller } from "#router/product-router.ts";
import { getProductContext } from "#server/request-context.ts";

/** Who asks, and the product's procedures on their behalf; the same for everything that one page draws. */
export const getProduct = cache(async () => {
  const context = await getProductContext();
  return { context, caller: createProductCaller(procedureContext(context)) };
});

/** The organizations of whoever sits in this seat; none where nobody does. */
export const getOrganizations = cache(async () => {
  const { context, caller } = await getProduct();
  return context.actor ? caller.organizations.mine() : [];
});

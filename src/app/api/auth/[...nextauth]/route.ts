import { onlyActions } from "#server/auth/only-actions.ts";
import { product } from "#server/auth/product.ts";

export const GET = onlyActions(product.handlers.GET, ["csrf"]);
export const POST = onlyActions(product.handlers.POST, ["callback"]);

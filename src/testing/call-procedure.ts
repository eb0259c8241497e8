import { type AnyTRPCRouter, callTRPCProcedure } from "@trpc/server";
import { procedureContext } from "#router/procedure-context.ts";
import { productRouter } from "#router/product-router.ts";
import { staffRouter } from "#router/staff-router.ts";
import type { Context } from "#server/actor.ts";
import type { AppError } from "#server/errors.ts";

export const routers: Record<Surface, AnyTRPCRouter> = { staff: staffRouter, product: productRouter };
export type Surface = "staff" | "product";

/** The area whose procedures this one asks. */
export function surfaceOf({ actor, onBehalfOf }: Context): Surface {
  return actor?.type === "staff" && !onBehalfOf ? "staff" : "product";
}

type Asked = { surface: Surface; path: string; type: "query" | "mutation"; input: unknown; context: Context };
/** The code of the refusal, null where there is none; and every word of the answer. */
export type Answer = { refusal: string | null; text: string };

/** Asks a procedure as the network does, with an input that went through JSON. */
export async function callProcedure({ surface, path, type, input: given, context }: Asked): Promise<Answer> {
  const input = given === undefined ? undefined : JSON.parse(JSON.stringify(given));
  const call = {
    router: routers[surface],
    path,
    ctx: procedureContext(context),
    input,
    getRawInput: async () => input,
    type,
    signal: undefined,
    batchIndex: 0,
  };
  try {
    return { refusal: null, text: JSON.stringify(await callTRPCProcedure(call as never)) ?? "" };
  } catch (error) {
    const { message, cause } = error as { message: string; cause?: Partial<AppError> };
    const words = { said: message, logged: cause?.message, ...cause };
    return { refusal: cause?.code ?? String(error), text: JSON.stringify(words) };
  }
}

import { productContext, staffContext } from "#server/context.ts";
import type { TrpcEndpoint } from "./http.ts";
import { productRouter } from "./product-router.ts";
import { staffRouter } from "./staff-router.ts";

/** Where each router is asked by programs in the browser, and who asks there. */
export const productEndpoint: TrpcEndpoint = { endpoint: "/api/trpc", router: productRouter, contextOf: productContext };
export const staffEndpoint: TrpcEndpoint = { endpoint: "/admin/api/trpc", router: staffRouter, contextOf: staffContext };

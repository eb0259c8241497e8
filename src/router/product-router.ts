import { checkRouter } from "#server/check-router.ts";
import { createCallerFactory, router } from "#server/trpc.ts";
import { operationRouterRecord } from "./operations.ts";
import { accountRouter } from "./product/account.ts";
import { billingRouter } from "./product/billing.ts";
import { membersRouter } from "./product/members.ts";
import { monitorsRouter } from "./product/monitors.ts";
import { organizationsRouter } from "./product/organizations.ts";

import { supportAccessRouter } from "./product/support-access.ts";
/** All that the product can call. */
export const productRouter = checkRouter(
  router({
    account: accountRouter,
    billing: billingRouter,
    members: membersRouter,
    monitors: monitorsRouter,
    organizations: organizationsRouter,
    operations: operationRouterRecord(),
  }),
    supportAccess: supportAccessRouter,
);

export type ProductRouter = typeof productRouter;
export const createProductCaller = createCallerFactory(productRouter);

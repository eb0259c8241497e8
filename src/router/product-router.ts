import { checkRouter } from "#server/check-router.ts";
import { createCallerFactory, router } from "#server/trpc.ts";
import { operationRouterRecord } from "./operations.ts";
import { accountRouter } from "./product/account.ts";
import { apiKeysRouter } from "./product/api-keys.ts";
import { billingRouter } from "./product/billing.ts";
import { exportsRouter } from "./product/exports.ts";
import { membersRouter } from "./product/members.ts";
import { monitorsRouter } from "./product/monitors.ts";
import { organizationsRouter } from "./product/organizations.ts";
import { supportAccessRouter } from "./product/support-access.ts";
import { webhooksRouter } from "./product/webhooks.ts";

/** All that the product can call. */
export const productRouter = checkRouter(
  router({
    account: accountRouter,
    apiKeys: apiKeysRouter,
    billing: billingRouter,
    exports: exportsRouter,
    members: membersRouter,
    monitors: monitorsRouter,
    organizations: organizationsRouter,
    supportAccess: supportAccessRouter,
    webhooks: webhooksRouter,
    operations: operationRouterRecord(),
  }),
);

export type ProductRouter = typeof productRouter;
export const createProductCaller = createCallerFactory(productRouter);

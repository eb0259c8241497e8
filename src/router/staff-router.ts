import { checkRouter } from "#server/check-router.ts";
import { createCallerFactory, router } from "#server/trpc.ts";
import { operationRouterRecord } from "./operations.ts";
import { auditRouter } from "./staff/audit.ts";
import { billingRouter } from "./staff/billing.ts";
import { bulkRouter } from "./staff/bulk.ts";
import { dataExportsRouter } from "./staff/data-exports.ts";
import { homeRouter } from "./staff/home.ts";
import { impersonationsRouter } from "./staff/impersonations.ts";
import { invitationsRouter } from "./staff/invitations.ts";
import { invoicesRouter } from "./staff/invoices.ts";
import { jobsRouter } from "./staff/jobs.ts";
import { operationFormsRouter } from "./staff/operation-forms.ts";
import { organizationsRouter } from "./staff/organizations.ts";
import { proposalsRouter } from "./staff/proposals.ts";
import { reviewsRouter } from "./staff/reviews.ts";
import { searchRouter } from "./staff/search.ts";
import { settingsRouter } from "./staff/settings.ts";
import { staffMembersRouter } from "./staff/staff-members.ts";
import { supportAccessRouter } from "./staff/support-access.ts";
import { usersRouter } from "./staff/users.ts";

/** All that the staff area can call. */
export const staffRouter = checkRouter(
  router({
    bulk: bulkRouter,
    home: homeRouter,
    search: searchRouter,
    organizations: organizationsRouter,
    users: usersRouter,
    audit: auditRouter,
    operationForms: operationFormsRouter,
    proposals: proposalsRouter,
    impersonations: impersonationsRouter,
    reviews: reviewsRouter,
    billing: billingRouter,
    invoices: invoicesRouter,
    jobs: jobsRouter,
    dataExports: dataExportsRouter,
    invitations: invitationsRouter,
    supportAccess: supportAccessRouter,
    staffMembers: staffMembersRouter,
    settings: settingsRouter,
    operations: operationRouterRecord(),
  }),
);

export type StaffRouter = typeof staffRouter;
export const createStaffCaller = createCallerFactory(staffRouter);

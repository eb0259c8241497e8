import { cache } from "react";
import { procedureContext } from "#router/procedure-context.ts";
import { createStaffCaller } from "#router/staff-router.ts";
import { getStaffContext } from "#server/request-context.ts";

/** Who asks, and the staff area's procedures on their behalf; the same for everything that one page draws. */
export const getStaff = cache(async () => {
  const context = await getStaffContext();
  return { context, staff: createStaffCaller(procedureContext(context)) };
});

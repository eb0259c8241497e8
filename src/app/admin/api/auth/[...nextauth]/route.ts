import { onlyActions } from "#server/auth/only-actions.ts";
import { staff } from "#server/auth/staff.ts";

export const GET = onlyActions(staff.handlers.GET, ["callback"]);

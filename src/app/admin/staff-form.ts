import { formHandler } from "#app/form-handler.ts";
import { readForm } from "#router/read-form.ts";
import type { StaffActor } from "#server/actor.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { appErrorOf } from "./explain-failure.ts";
import { getStaff } from "./staff.ts";

type Staff = Awaited<ReturnType<typeof getStaff>>;
type Submitted<Params> = {
  context: Staff["context"] & { actor: StaffActor };
  staff: Staff["staff"];
  form: Map<string, string>;
  params: Params;
};

/** A route handler for a form of the staff area; without a session it leads to the sign-in. */
export function staffForm<Params>(work: (submitted: Submitted<Params>) => Promise<Response>) {
  return (request: Request, { params }: { params: Promise<Params> }): Promise<Response> =>
    formHandler(async () => {
      const { context, staff } = await getStaff();
      const { actor } = context;
      if (actor?.type !== "staff") return seeOther("/admin/sign-in");
      try {
        return await work({ context: { ...context, actor }, staff, form: await readForm(request), params: await params });
      } catch (thrown) {
        throw appErrorOf(thrown);
      }
    })(request);
}

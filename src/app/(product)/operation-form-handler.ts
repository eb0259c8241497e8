import { cookies } from "next/headers";
import { formHandler } from "#app/form-handler.ts";
import { formFields, inputFromForm } from "#router/form-fields.ts";
import { procedureContext } from "#router/procedure-context.ts";
import { readForm } from "#router/read-form.ts";
import { getOperation } from "#router/registry.ts";
import type { SignedInContext } from "#server/actor.ts";
import { formAttemptCookie } from "#server/auth/form-attempt.ts";
import { seeOther } from "#server/auth/see-other.ts";
import type { AnyOperation } from "#server/operation.ts";
import { runOperation } from "#server/run-operation.ts";
import { toAppError } from "#server/to-app-error.ts";

type Form = ReadonlyMap<string, string>;
type Options = {
  operation: string;
  /** The page that has the form, and shows it again with what was wrong. */
  page: string;
  /** What of the form the page's address needs. */
  query?: readonly string[];
  /** Who acts, and on what; null sends them to the page, which says why they may not. */
  contextOf: (request: Request, form: Form) => Promise<{ context: SignedInContext; targetId: string } | null>;
  /** Where to go on after the run. */
  done: (output: never, asked: { request: Request; context: SignedInContext; form: Form }) => Promise<string> | string;
};

/** A form of the product outside its ordinary pages: for somebody who is not signed in, or whose answer needs a cookie. */
export function operationFormHandler({ operation: name, page, query = [], contextOf, done }: Options) {
  return formHandler(async (request) => {
    const operation = getOperation(name);
    const form = await readForm(request);
    const back = pageWith(page, new Map(query.map((key) => [key, form.get(`input.${key}`) ?? ""])));
    try {
      const asked = await contextOf(request, form);
      if (!asked) return seeOther(back);
      const { context, targetId } = asked;
      const { ability } = procedureContext(context);
      // Customers give no reason and the product does not ask staff for one; theirs is kept with the refusal.
      const reason = context.impersonation ? { reason: "Tried in the product" } : {};
      const envelope = { targetId, input: inputFromForm(operation, form), ...reason };
      const { output } = await runOperation({ operation, context, ability, envelope });
      return seeOther(await done(output as never, { request, context, form }));
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.status >= 500) throw error;
      const attempt = { values: valuesOf(operation, form), problem: error.userMessage, fields: error.details.fields ?? {} };
      await setCookie(formAttemptCookie(page, attempt));
      return seeOther(pageWith(back, new Map([["failed", "1"]])));
    }
  });
}

export async function setCookie({ name, value, options }: ReturnType<typeof formAttemptCookie>): Promise<void> {
  (await cookies()).set(name, value, options);
}

function valuesOf(operation: AnyOperation, form: Form): Record<string, string> {
  const shown = formFields(operation).filter(({ kind }) => kind !== "password");
  return Object.fromEntries(shown.map(({ name }) => [name, form.get(`input.${name}`) ?? ""]));
}

function pageWith(page: string, values: ReadonlyMap<string, string>): string {
  const url = new URL(page, "http://local.invalid");
  for (const [name, value] of values) url.searchParams.set(name, value);
  return `${url.pathname}${url.search}`;
}

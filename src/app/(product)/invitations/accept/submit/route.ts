import { formHandler } from "#app/form-handler.ts";
import { saveFormDraft } from "#router/form-drafts.ts";
import { inputFromForm } from "#router/form-fields.ts";
import { procedureContext } from "#router/procedure-context.ts";
import { readForm } from "#router/read-form.ts";
import { getOperation } from "#router/registry.ts";
import { findPersonByEmail } from "#server/auth/find-person.ts";
import { getMailedInvitation, invitedBearer, type MailedInvitation } from "#server/auth/mailed-invitation.ts";
import { bearerContext } from "#server/auth/mailed-link.ts";
import { enterSession } from "#server/auth/product.ts";
import { requestInfo } from "#server/auth/request-info.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { findSessionId } from "#server/auth/session-token.ts";
import { startSession } from "#server/auth/start-session.ts";
import { AppError } from "#server/errors.ts";
import { runOperation } from "#server/run-operation.ts";
import { toAppError } from "#server/to-app-error.ts";

const operation = getOperation("invitation.acceptAsNewUser");

/** Somebody without an account accepts with a name and a password, and is signed in. */
export const POST = formHandler(async (request) => {
  const form = await readForm(request);
  const token = form.get("token") ?? "";
  const page = `/invitations/accept?${new URLSearchParams({ token })}`;
  const invitation = await getMailedInvitation(token).catch(unlessRefused);
  // The page says what is wrong with the link.
  if (!invitation) return seeOther(page);
  try {
    await accept(request.headers, invitation, form);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.status >= 500) throw error;
    form.delete("token");
    const draft = await saveFormDraft({ ownerId: invitation.id, operation, form, error });
    return seeOther(`${page}&${new URLSearchParams({ draft })}`);
  }
  await signIn(request.headers, invitation);
  return seeOther("/");
});

function unlessRefused(thrown: unknown): null {
  if (toAppError(thrown).status >= 500) throw thrown;
  return null;
}

async function accept(headers: Headers, invitation: MailedInvitation, form: ReadonlyMap<string, string>): Promise<void> {
  const context = await bearerContext(headers, invitedBearer(invitation));
  const { ability } = procedureContext(context);
  const reason = context.impersonation ? { reason: "Tried in the product" } : {};
  const envelope = { targetId: invitation.id, input: inputFromForm(operation, form), ...reason };
  await runOperation({ operation, context, ability, envelope });
}

async function signIn(headers: Headers, { email }: MailedInvitation): Promise<void> {
  const person = await findPersonByEmail(email);
  if (!person) throw new AppError("INTERNAL", { message: "Whoever accepted the invitation is not there." });
  const replaces = await findSessionId(headers, "product");
  const how = "signed in by accepting an invitation";
  await enterSession(await startSession({ person, request: requestInfo(headers), replaces, how }));
}

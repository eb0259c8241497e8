import type { SignedInContext } from "./actor.ts";
import type { Transaction } from "./db.ts";
import { AppError } from "./errors.ts";
import { isFreshlySignedIn } from "./fresh-sign-in.ts";
import type { AnyOperation } from "./operation.ts";
import type { Phrase } from "./phrase.ts";

type Question = {
  db: Transaction;
  operation: AnyOperation;
  context: SignedInContext;
  proposal: object | null;
  /** A refusal does not say it where it is personal data. */
  phrase: Phrase;
  confirmation: string | undefined;
};

/**
 * Routine needs no more than the request. Above it the same person types what the target is called, and staff, unless
 * they sit in a customer's seat, must have seen the preview; critical also needs a sign-in of the last five minutes, by the database's clock.
 */
export async function checkConfirmation({ db, operation, context, proposal, phrase, confirmation }: Question): Promise<void> {
  if (operation.risk === "routine") return;
  // A program does not mistake one row for another by looking: that it names the row is its confirmation.
  if (context.actor.type === "service" && operation.risk === "risky") return;
  if (context.actor.type === "staff" && !context.onBehalfOf && !proposal)
    throw new AppError("CONFIRMATION_REQUIRED", { userMessage: "Look at the preview first: this runs from a proposal only." });
  const phraseName = phrase.belongsTo === undefined ? `“${phrase.words}”` : "the person's e-mail address";
  if (confirmation?.trim().toLowerCase() !== phrase.words.toLowerCase()) {
    throw new AppError("CONFIRMATION_REQUIRED", {
      userMessage: `Type ${phraseName} to confirm.`,
      details: { fields: { confirmation: `Type ${phraseName} exactly.` } },
    });
  }
  if (operation.risk === "critical" && !(await isFreshlySignedIn(db, context))) throw new AppError("FRESH_SIGN_IN_REQUIRED");
}

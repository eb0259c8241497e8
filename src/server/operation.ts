import type { z } from "zod";
import type { OrganizationRole, StaffRole } from "#generated/prisma/enums.ts";
import type { SignedInContext } from "./actor.ts";
import type { Change } from "./audit/changes.ts";
import type { Reader, Transaction } from "./db.ts";
import type { Effect } from "./effects/effect.ts";
import type { Phrase } from "./phrase.ts";
import type { TargetRow, TargetType, TargetWhere } from "./targets.ts";

/** How much it takes to say yes: a button; typing what the target is called; typing it right after a sign-in. */
export type Risk = "routine" | "risky" | "critical";

/** Which customers: their role in the target's organization, or being the person concerned. */
export type CustomerRole = OrganizationRole | "self";

/** Role → always, or only for target rows that meet the condition. */
type Allow<Role extends string, Type extends TargetType> = Partial<Record<Role, true | TargetWhere<Type>>>;

export type RunArguments<Type extends TargetType, Input> = {
  db: Transaction;
  target: TargetRow<Type>;
  input: Input;
  context: SignedInContext;
  reason: string | null;
  ticket: string | null;
  /** The audit event of this run; it exists before anything else is written. */
  eventId: string;
  /** What has to happen outside the database once this run is committed; in a preview it is only told in words. */
  effect: (effect: Effect) => void;
};

/** In the currency's minor unit. `as` is the operation whose thresholds count, where it is another one. */
export type Amount = { amount: number; currency: string; as?: string };

/** Secrets under a heading, with what to do with them. */
export type ShownOnce = { title: string; explanation: string; secrets: string[] };

/** The operation that takes this one back, on the same target unless it says otherwise, with the form's first values. */
export type Inverse = { operation: string; targetId?: string; input?: Record<string, unknown> };

export type Operation<
  Name extends string = string,
  Type extends TargetType = TargetType,
  Schema extends z.ZodObject = z.ZodObject,
  Output = unknown,
> = {
  /** "noun.verbPhrase"; also the file's path, the CASL verb and the audit event's operation. */
  name: Name;
  title: string;
  /** One sentence for the person who considers it. */
  description: string;
  target: Type;
  allow?: Allow<StaffRole, Type>;
  allowCustomer?: Allow<CustomerRole, Type>;
  /** Anybody may, without signing in. The run must give the same answer whoever exists. */
  allowVisitor?: true;
  /** The worker may, when its time has come. */
  allowSystem?: true;
  risk: Risk;
  /** Staff must give a ticket; a reason they always give. */
  ticket?: "required";
  /**
   * Inside an impersonation an operation is refused unless somebody decided otherwise: "always" also in a read-only
   * one, "whenWriting" after a step up. Never for what touches passwords, addresses, factors, keys, exports or people.
   */
  whileImpersonating?: "always" | "whenWriting";
  input: Schema;
  /** A sentence that says which limit is passed; null while within. Above it a second person has to agree. `db` is for looking only. */
  limit?(arguments_: {
    input: z.output<Schema>;
    target: TargetRow<Type>;
    roles: readonly StaffRole[];
    db: Transaction;
  }): string | null | Promise<string | null>;
  /** The money that it gives a customer: above what the settings let one person give alone, a second one has to agree. `db` is for looking only. */
  amount?(arguments_: { input: z.output<Schema>; target: TargetRow<Type>; db: Transaction }): Amount | null | Promise<Amount | null>;
  /** It may be run over a list of targets at once; a second person always has to agree to that. */
  bulk?: true;
  /** Where its form is, when not the one that is derived. */
  formPath?: string;
  /** The operation that this one lets run on others: whoever agrees to it has to have the right to that one as well. */
  carries?(target: TargetRow<Type>): string;
  /** A sentence that says why a second person has to agree, whatever the input. */
  alwaysApproved?: string;
  summary(arguments_: { input: z.output<Schema>; target: TargetRow<Type> }): string;
  /** Why it makes no sense on this row as it is, in a sentence; null where it does. */
  unavailable?(target: TargetRow<Type>): string | null;
  /** What to type to confirm it, where that is not what the target is called; null for what the target says. `db` is for looking only. */
  phrase?(arguments_: { target: TargetRow<Type>; db: Reader | Transaction }): Promise<Phrase | null>;
  /** What staff should know before they fill in the form, in a sentence or two. `db` is for looking only. */
  notice?(arguments_: { target: TargetRow<Type>; db: Reader }): string | Promise<string>;
  /** How to take back what a run changed; null where that run cannot be. */
  inverse?(arguments_: { targetId: string; changes: readonly Change[] }): Inverse | null;
  /** What follows, in words, for the preview: as things are before the run. `db` is for looking only. */
  consequences?(arguments_: { input: z.output<Schema>; target: TargetRow<Type>; db: Transaction }): string[] | Promise<string[]>;
  /** The form's first values. */
  defaults?(target: TargetRow<Type>): Partial<z.input<Schema>>;
  /** Where to go after a run, when not to its page. */
  next?(output: Output): string;
  /** What the output holds that nobody can show again: the form's answer shows it, instead of leading to a page. */
  shownOnce?(output: Output): ShownOnce;
  run(arguments_: RunArguments<Type, z.output<Schema>>): Promise<Output>;
};

// Methods above, not function properties, so that every operation is assignable to this.
// biome-ignore lint/suspicious/noExplicitAny: an operation of any target and input
export type AnyOperation = Operation<string, any, any, any>;

export type Registry = Record<string, AnyOperation>;

/** Whether somebody types a secret into it, such as a password: then its input is never stored. */
export function hasSecretInput({ input }: Pick<AnyOperation, "input">): boolean {
  return Object.values(input?.shape ?? {}).some((field) => Boolean((field as z.ZodType).meta()?.secret));
}

/** The one way to make an operation; see docs/add-an-operation.md. */
export function defineOperation<const Name extends string, Type extends TargetType, Schema extends z.ZodObject, Output>(
  operation: Operation<Name, Type, Schema, Output>,
): Operation<Name, Type, Schema, Output> {
  return operation;
}

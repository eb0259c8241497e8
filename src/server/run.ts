import type { AppAbility } from "./ability.ts";
import type { SignedInContext } from "./actor.ts";
import type { Approval } from "./approvals/approval.ts";
import type { Change } from "./audit/changes.ts";
import type { EventInput } from "./audit/event.ts";
import type { BulkPermit } from "./bulk/permit.ts";
import type { Transaction } from "./db.ts";
import type { Envelope, ParsedEnvelope } from "./envelope.ts";
import type { Amount, AnyOperation } from "./operation.ts";
import type { Once } from "./repeated-request.ts";

/** What somebody asks the pipeline for. */
export type OperationRequest = {
  operation: AnyOperation;
  context: SignedInContext;
  ability: AppAbility;
  envelope: Envelope;
  /** Of a proposal that waits for it; the rest of the request is then its requester's. */
  approval?: Approval;
  /** Of a bulk run that a second person agreed to; the context is again its requester's. */
  bulk?: BulkPermit;
  /** Of a program that may ask again because it never heard the answer. */
  once?: Once | undefined;
};

export type Preview = {
  targetId: string;
  targetLabel: string;
  organizationId: string | null;
  input: Record<string, unknown>;
  reason: string | null;
  ticket: string | null;
  undoOf: string | null;
  summary: string;
  consequences: string[];
  /** In words: what would happen outside the database. */
  effects: string[];
  changes: Change[];
  /** The money that it gives, where it gives some. */
  amount: Amount | null;
  /** Why a second person has to agree, a sentence each. */
  approvalReasons: string[];
  hash: string;
};
/** Where a second person has to agree first, nothing is done yet: there is no output, and the event says that it waits. */
export type RunResult = { eventId: string; summary: string; output: unknown; next: string | null; awaitsApproval: boolean };

/** A request that was parsed, permitted on its target, and holds it in this transaction. */
export type Prepared = {
  db: Transaction;
  operation: AnyOperation;
  context: SignedInContext;
  envelope: ParsedEnvelope;
  input: Record<string, unknown>;
  target: { id: string };
  event: EventInput;
  approvalReasons: string[];
};

/** Ends what the run was shown and agreed to as, in its transaction; throws where it would do something else by now. */
export type Settle = (done: { hash: string; eventId: string }) => Promise<void>;

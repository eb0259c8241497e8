import type { TRPCMutationProcedure } from "@trpc/server";
import type { z } from "zod";
import { type Envelope, envelopeSchema } from "#server/envelope.ts";
import { AppError } from "#server/errors.ts";
import { type AnyOperation, hasSecretInput, type Operation } from "#server/operation.ts";
import { propose } from "#server/proposals.ts";
import type { Preview, RunResult } from "#server/run.ts";
import { previewOperation, runOperation } from "#server/run-operation.ts";
import { router, signedInProcedure } from "#server/trpc.ts";
import { allOperations, type Operations } from "./registry.ts";

type Each = Operations[keyof Operations];
type NounOf<Name> = Name extends `${infer Noun}.${string}` ? Noun : never;
type VerbOf<Name> = Name extends `${string}.${infer Verb}` ? Verb : never;
type InputOf<Op> = Op extends Operation<string, infer _Target, infer Schema, infer _Output> ? z.input<Schema> : never;
type OutputOf<Op> = Op extends Operation<string, infer _Target, infer _Schema, infer Output> ? Output : never;

type Procedure<Input, Output> = TRPCMutationProcedure<{ meta: unknown; input: Input; output: Output }>;
type EnvelopeOf<Op> = Omit<Envelope, "input"> & { input: InputOf<Op> };
type OperationProcedures<Op> = {
  preview: Procedure<EnvelopeOf<Op>, { proposalId: string | null; preview: Preview }>;
  run: Procedure<EnvelopeOf<Op>, Omit<RunResult, "output"> & { output: OutputOf<Op> }>;
};

/** noun → verb phrase → { preview, run }, typed from the registry. */
export type OperationRouterRecord = {
  [Noun in NounOf<Each["name"]>]: { [Op in Extract<Each, { name: `${Noun}.${string}` }> as VerbOf<Op["name"]>]: OperationProcedures<Op> };
};

/** Every operation as two procedures; who may is asked by the pipeline, on the loaded row. */
export function operationRouterRecord(): OperationRouterRecord {
  const nouns = Map.groupBy(allOperations, ({ name }) => name.split(".")[0] ?? name);
  const record = Object.fromEntries(
    [...nouns].map(([noun, operations]) => [
      noun,
      router(Object.fromEntries(operations.map((operation) => [operation.name.split(".")[1], procedures(operation)]))),
    ]),
  );
  return record as unknown as OperationRouterRecord;
}

function procedures(operation: AnyOperation) {
  return router({
    preview: signedInProcedure.input(envelopeSchema).mutation(async ({ ctx, input }) => {
      const request = { operation, context: ctx, ability: ctx.ability, envelope: input };
      if (ctx.actor.type === "staff" && !ctx.onBehalfOf) return propose(request);
      // It would say whether a guessed password is right, and leave no trace.
      if (hasSecretInput(operation)) throw new AppError("BAD_REQUEST", { userMessage: "This has no preview." });
      return { proposalId: null, preview: { ...(await previewOperation(request)), input: {} } };
    }),
    run: signedInProcedure
      .input(envelopeSchema)
      .mutation(({ ctx, input }) => runOperation({ operation, context: ctx, ability: ctx.ability, envelope: input })),
  });
}

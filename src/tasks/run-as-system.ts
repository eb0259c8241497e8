import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import { runOperation } from "#server/run-operation.ts";
import { systemContext } from "#server/system-context.ts";

type Run = { targetId: string; input?: Record<string, unknown>; reason?: string | undefined; requestId?: string | undefined };

/** Runs an operation as the application itself; `label` says in the audit which part of it. */
export async function runAsSystem(label: string, name: string, { requestId, input = {}, ...envelope }: Run): Promise<void> {
  const context = { ...systemContext(label), ...(requestId && { requestId }) };
  const { ability } = procedureContext(context);
  await runOperation({ operation: getOperation(name), context, ability, envelope: { ...envelope, input } });
}

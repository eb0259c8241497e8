import type { FormDraft } from "#router/form-drafts.ts";
import { OperationForm } from "./operation-form.tsx";

type Props = {
  operation: { name: string; title: string; description: string };
  monitor: { id: string; name: string };
  back: string;
  draft: FormDraft | null;
  whyNot: string | null;
};

/** Folded away: who opens it is about to break what uses the old address. */
export function NewAddress({ operation, monitor, back, draft, whyNot }: Props) {
  return (
    <details open={draft?.values.operation === operation.name}>
      <summary>{operation.title}</summary>
      <p>{operation.description}</p>
      <OperationForm
        operation={operation.name}
        targetId={monitor.id}
        back={back}
        draft={draft}
        phrase={monitor.name}
        submit={operation.title}
        danger
        whyNot={whyNot}
      />
    </details>
  );
}

import { Message } from "../message.tsx";

/** What about this customer waits for a second person. */
export function OpenApprovals({ waiting }: { waiting: readonly { id: string; summary: string }[] }) {
  return waiting.map(({ id, summary }) => (
    <Message key={id} tone="notice">
      Waits for a second person: <a href={`/admin/proposals/${id}`}>{summary}</a>
    </Message>
  ));
}

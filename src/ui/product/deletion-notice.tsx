import { Message } from "../message.tsx";
import { Time } from "../time.tsx";

/** On every page of an organization that is to be deleted. */
export function DeletionNotice({ slug, dueAt }: { slug: string; dueAt: Date }) {
  return (
    <Message tone="error">
      This organization is deleted with everything in it <Time value={dueAt} />. Its owners can call that off in the{" "}
      <a href={`/o/${slug}/settings`}>settings</a>.
    </Message>
  );
}

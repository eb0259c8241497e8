import { Message } from "../message.tsx";
import { Age } from "../time.tsx";

type Open = { id: string; expiresAt: Date; staffMember: { name: string }; user: { name: string } };

/** Who of the staff is looking at this organization right now. */
export function OpenImpersonations({ impersonations }: { impersonations: readonly Open[] }) {
  return impersonations.map(({ id, expiresAt, staffMember, user }) => (
    <Message key={id} tone="notice">
      <a href={`/admin/impersonations/${id}`}>
        {staffMember.name} is viewing as {user.name}
      </a>
      ; it ends <Age value={expiresAt} />.
    </Message>
  ));
}

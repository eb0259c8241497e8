import { Message } from "../message.tsx";

type Props = {
  id: string;
  mine: boolean;
  user: { name: string };
  staffMember: { name: string };
  operations: readonly { name: string; allowed: boolean }[];
};

/** The way into the product in a customer's seat, for the one who began this in this very session. */
export function EnterImpersonation({ id, mine, user, staffMember, operations }: Props) {
  if (!mine) {
    const mayEnd = operations.some(({ name, allowed }) => allowed && name === "impersonation.end");
    return (
      <Message tone="notice">
        Only {staffMember.name}, in the session in which it began, can go in.{mayEnd && " You can end it."}
      </Message>
    );
  }
  return (
    <form method="post" action={`/admin/impersonations/${id}/enter`}>
      <p>
        <button className="primary large" type="submit">
          View as {user.name}
        </button>
      </p>
    </form>
  );
}

import type { OperationLink } from "#router/describe-operations.ts";

/** What can be done here: a link where you may, and why not where you may not. */
export function OperationLinks({ operations, targetId }: { operations: readonly OperationLink[]; targetId: string }) {
  return (
    <ul className="operations">
      {operations.map(({ name, title, allowed, description, whyNot }) => (
        <li key={name}>
          {allowed ? (
            <a href={`/admin/operations/${name}?targetId=${targetId}`} title={description}>
              {title}
            </a>
          ) : (
            <span className="quiet" title={description}>
              {title} <small>{whyNot}</small>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

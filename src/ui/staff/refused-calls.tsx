import { plural } from "#lib/text.ts";

type Refused = { id: string; what: string; organizationId: string; organizationName: string };

/** An item for the home, of those who may ask again; null where nothing was refused. */
export function refusedCalls({ count, latest }: { count: number; latest: readonly Refused[] }) {
  if (count === 0) return null;
  return (
    <li>
      {plural(count, "Stripe call")} {count === 1 ? "was" : "were"} refused:{" "}
      {latest.map(({ id, what, organizationId, organizationName }, index) => (
        <span key={id}>
          {index > 0 && ", "}
          <a href={`/admin/organizations/${organizationId}`}>
            {what} of {organizationName}
          </a>
        </span>
      ))}
      {count > latest.length && ` and ${count - latest.length} more`}
    </li>
  );
}

import type { ShownFlag } from "#router/staff/organizations.ts";
import { Time } from "../time.tsx";

/** Which features this customer has, why, and until when. */
export function FlagList({ flags, organizationId }: { flags: readonly ShownFlag[]; organizationId: string }) {
  return (
    <ul className="operations">
      {flags.map((flag) => (
        <li key={flag.name}>
          <a href={`/admin/operations/organization.setFlag?targetId=${organizationId}&input.flag=${flag.name}`}>{flag.title}</a>{" "}
          <small>
            <code>{flag.name}</code>: {flag.enabled ? "on" : "off"}, <Since {...flag} />
          </small>
        </li>
      ))}
    </ul>
  );
}

function Since({ from, expiresAt }: ShownFlag) {
  if (from === "default") return <>the default</>;
  if (from === "unknown") return <>the code does not know it any more</>;
  if (!expiresAt) return <>set here</>;
  return (
    <>
      {from === "expired" ? "the default, since what was set ended" : "set here, until"} <Time value={expiresAt} />
    </>
  );
}

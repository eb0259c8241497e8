import type { ShownFlag } from "#router/staff/organizations.ts";
import { Time } from "../time.tsx";

type Props = { flags: readonly ShownFlag[]; organizationId: string; whyNotSet: string | null };

/** Which features this customer has, why, and until when; each leads to where it is set. */
export function FlagList({ flags, organizationId, whyNotSet }: Props) {
  const path = `/admin/operations/organization.setFlag?targetId=${organizationId}`;
  return (
    <>
      <ul className="operations">
        {flags.map((flag) => (
          <li key={flag.name}>
            {whyNotSet ? flag.title : <a href={`${path}&input.flag=${flag.name}`}>{flag.title}</a>}{" "}
            <small>
              <code>{flag.name}</code>: {flag.enabled ? "on" : "off"}, <Since {...flag} />
            </small>
          </li>
        ))}
      </ul>
      {whyNotSet && <p className="help">To set one: {whyNotSet}</p>}
    </>
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

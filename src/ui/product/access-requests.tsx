import { DataTable } from "../data-table.tsx";
import { Time } from "../time.tsx";

type May = { whyNot: string | null };
type Request = {
  id: string;
  standing: string;
  standingWords: string;
  durations: readonly { name: string; title: string }[];
  staffLabel: string;
  reason: string;
  ticket: string;
  createdAt: Date;
  expiresAt: Date;
  allowedUntil: Date | null;
  answeredByLabel: string | null;
  user: { name: string };
  allow: May;
  refuse: May;
};

/** Who of the staff asked to look, and the answers: yes for a while, no, or not any more. */
export function AccessRequests({ requests, path }: { requests: readonly Request[]; path: string }) {
  return (
    <DataTable label="Requests for access" columns={["Asked", "Who", "Why", "State", "Your answer"]}>
      {requests.map((request) => (
        <tr key={request.id}>
          <td>
            <Time value={request.createdAt} />
          </td>
          <td>
            {request.staffLabel} <small>as {request.user.name}</small>
          </td>
          <td className="wide">
            {request.reason} <small>{request.ticket}</small>
          </td>
          <td>
            <Standing {...request} />
          </td>
          <td>
            <Answer {...request} path={path} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function Standing({ standing, standingWords, expiresAt, allowedUntil, answeredByLabel }: Request) {
  return (
    <>
      {standingWords}
      {standing === "pending" && (
        <>
          {" "}
          until <Time value={expiresAt} />
        </>
      )}
      {standing === "allowed" && (
        <>
          {" "}
          until <Time value={allowedUntil} />
        </>
      )}
      {answeredByLabel && <small> by {answeredByLabel}</small>}
    </>
  );
}

function Answer({ id, standing, durations, staffLabel, allow, refuse, path }: Request & { path: string }) {
  if (standing !== "pending" && standing !== "allowed") return null;
  return (
    <>
      {standing === "pending" && (
        <form method="post" action="/operations/accessRequest.allow">
          <input type="hidden" name="targetId" value={id} />
          <input type="hidden" name="back" value={path} />
          {durations.map(({ name, title }) => (
            <button key={name} type="submit" name="input.duration" value={name} disabled={allow.whyNot !== null}>
              Allow {title}
            </button>
          ))}
        </form>
      )}
      <form method="post" action="/operations/accessRequest.refuse">
        <input type="hidden" name="targetId" value={id} />
        <input type="hidden" name="back" value={path} />
        <button
          type="submit"
          className="danger"
          disabled={refuse.whyNot !== null}
          aria-label={`${standing === "pending" ? "Refuse" : "Take back access of"} ${staffLabel}`}
        >
          {standing === "pending" ? "Refuse" : "Take back"}
        </button>
      </form>
      {(allow.whyNot ?? refuse.whyNot) && <p className="help">{allow.whyNot ?? refuse.whyNot}</p>}
    </>
  );
}

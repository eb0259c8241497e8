import { Badge } from "../badge.tsx";
import { Age } from "../time.tsx";

type Request = { id: string; staffLabel: string; standingWords: string; createdAt: Date; ticket: string; user: { name: string } };
type Case = { id: string; subject: string; open: boolean; url: string | null; updatedAt: Date };

/** Whether this customer lets the support look, who asked, and their cases at the helpdesk. */
export function SupportAccess({ choice, requests, cases }: { choice: string; requests: readonly Request[]; cases: readonly Case[] }) {
  return (
    <>
      <p>
        Support access: <strong>{choice}</strong>
      </p>
      {requests.length > 0 && (
        <ul>
          {requests.map(({ id, staffLabel, standingWords, createdAt, ticket, user }) => (
            <li key={id}>
              {staffLabel} asked to view as {user.name} <small>{ticket}</small>: {standingWords}{" "}
              <small>
                <Age value={createdAt} />
              </small>
            </li>
          ))}
        </ul>
      )}
      {cases.length === 0 ? (
        <p className="quiet">No support cases known here.</p>
      ) : (
        <ul>
          {cases.map(({ id, subject, open, url, updatedAt }) => (
            <li key={id}>
              {url ? (
                <a href={url} rel="noreferrer">
                  {id}
                </a>
              ) : (
                id
              )}{" "}
              {subject} <Badge tone={open ? "warn" : "neutral"}>{open ? "open" : "closed"}</Badge>{" "}
              <small>
                <Age value={updatedAt} />
              </small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

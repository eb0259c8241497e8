import { Children, type ReactNode } from "react";
import { EmptyState } from "../empty-state.tsx";
import { Age } from "../time.tsx";

type Draft = { id: string; summary: string; createdAt: Date };
type Impersonation = {
  id: string;
  expiresAt: Date;
  staffMemberId: string;
  staffMember: { name: string };
  user: { name: string };
  organization: { name: string };
};

/** What this person has begun, and whoever is viewing as a customer now. */
export function Waiting({
  drafts,
  impersonations,
  ownId,
  children,
}: {
  drafts: readonly Draft[];
  impersonations: readonly Impersonation[];
  ownId: string;
  /** Further items, each an `li`. */
  children: ReactNode;
}) {
  const further = Children.toArray(children);
  return (
    <>
      <h2>Waiting for you</h2>
      {drafts.length + impersonations.length + further.length === 0 ? (
        <EmptyState>Nothing waits: no preview of yours is unconfirmed, and nobody is viewing as a customer.</EmptyState>
      ) : (
        <ul className="operations">
          {further}
          {drafts.map(({ id, summary, createdAt }) => (
            <li key={id}>
              <a href={`/admin/proposals/${id}`}>{summary}</a>{" "}
              <small>
                prepared <Age value={createdAt} />, not confirmed
              </small>
            </li>
          ))}
          {impersonations.map(({ id, expiresAt, staffMemberId, staffMember, user, organization }) => (
            <li key={id}>
              <a href={`/admin/impersonations/${id}`}>
                {staffMemberId === ownId ? "You are" : `${staffMember.name} is`} viewing as {user.name} ({organization.name})
              </a>{" "}
              <small>
                ends <Age value={expiresAt} />
              </small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

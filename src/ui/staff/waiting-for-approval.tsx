import type { ReactNode } from "react";
import { plural } from "#lib/text.ts";
import { Age } from "../time.tsx";

type Asked = { id: string; summary: string; submittedAt: Date | null };

/** Items for what others ask this person to agree to, and for what this one asked others; null where there are none. */
export function waitingForApproval({ asked, toApprove }: { asked: readonly Asked[]; toApprove: number }): ReactNode {
  if (asked.length === 0 && toApprove === 0) return null;
  return (
    <>
      {toApprove > 0 && (
        <li>
          <a href="/admin/approvals">
            {plural(toApprove, "request")} of colleagues {toApprove === 1 ? "waits" : "wait"} for your approval
          </a>
        </li>
      )}
      {asked.map(({ id, summary, submittedAt }) => (
        <li key={id}>
          <a href={`/admin/proposals/${id}`}>{summary}</a>{" "}
          <small>asked {submittedAt && <Age value={submittedAt} />}, waits for a second person</small>
        </li>
      ))}
    </>
  );
}

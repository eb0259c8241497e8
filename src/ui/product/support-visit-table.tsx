import type { ImpersonationMode } from "#generated/prisma/enums.ts";
import { DataTable } from "../data-table.tsx";
import { Time } from "../time.tsx";

export type Visit = {
  id: string;
  mode: ImpersonationMode;
  steppedUpAt: Date | null;
  reason: string;
  ticket: string;
  startedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  staffMember: { name: string };
  user: { name: string };
};

/** Accesses of the staff, each with a page of its own. */
export function SupportVisitTable({ label, visits, path }: { label: string; visits: readonly Visit[]; path: string }) {
  return (
    <DataTable label={label} columns={["Began", "Who", "As", "Why", "Mode", "Until"]}>
      {visits.map((visit) => (
        <tr key={visit.id}>
          <td>
            <a href={`${path}/${visit.id}`}>
              <Time value={visit.startedAt} />
            </a>
          </td>
          <td>{visit.staffMember.name}</td>
          <td>{visit.user.name}</td>
          <td className="wide">
            {visit.reason} <small>{visit.ticket}</small>
          </td>
          <td>{modeInWords(visit)}</td>
          <td>
            <Time value={visit.endedAt ?? visit.expiresAt} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

export function modeInWords({ mode, steppedUpAt }: Pick<Visit, "mode" | "steppedUpAt">): string {
  return mode === "write" || steppedUpAt ? "Could change data" : "Read-only";
}

import type { BulkState } from "#generated/prisma/enums.ts";
import { DataTable } from "../data-table.tsx";
import { Time } from "../time.tsx";
import { BulkStateBadge } from "./bulk-state.tsx";

type Row = {
  id: string;
  title: string;
  state: BulkState;
  total: number;
  succeeded: number;
  refused: number;
  failed: number;
  requesterLabel: string;
  reason: string;
  createdAt: Date;
};

export function BulkTable({ rows }: { rows: readonly Row[] }) {
  return (
    <DataTable label="Bulk runs" columns={["Operation", "State", "Targets", "Succeeded", "Refused", "Failed", "Asked by", "Why", "When"]}>
      {rows.map(({ id, title, state, total, succeeded, refused, failed, requesterLabel, reason, createdAt }) => (
        <tr key={id}>
          <td>
            <a href={`/admin/bulk/${id}`}>{title}</a>
          </td>
          <td>
            <BulkStateBadge state={state} />
          </td>
          {[total, succeeded, refused, failed].map((count, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: four columns that never move
            <td key={index} className="number">
              {count.toLocaleString("en-GB")}
            </td>
          ))}
          <td>{requesterLabel}</td>
          <td className="wide">{reason}</td>
          <td>
            <Time value={createdAt} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

import { formatBytes } from "#lib/format-bytes.ts";
import { Badge } from "./badge.tsx";
import { DataTable } from "./data-table.tsx";
import { EmptyState } from "./empty-state.tsx";
import { Age } from "./time.tsx";

type Export = {
  id: string;
  requestedByLabel: string;
  scopes: string[];
  state: "pending" | "ready" | "failed";
  error: string | null;
  sha256: string | null;
  bytes: number | null;
  createdAt: Date;
  expiresAt: Date | null;
  downloadable: boolean;
  /** Where it is there still, and not for whoever looks. */
  notForYou?: string | null;
};

/** The data exports of an organization, and the files that are there still. */
export function ExportTable({ exports, path, empty }: { exports: readonly Export[]; path: string; empty: string }) {
  if (exports.length === 0) return <EmptyState>{empty}</EmptyState>;
  return (
    <DataTable label="Exports" columns={["Asked for", "By", "Parts", "State", "Size", "SHA-256", "File"]}>
      {exports.map((one) => (
        <tr key={one.id}>
          <td>
            <Age value={one.createdAt} />
          </td>
          <td>{one.requestedByLabel}</td>
          <td>{["organization", ...one.scopes].join(", ")}</td>
          <td>
            <State state={one.state} error={one.error} />
          </td>
          <td>{one.bytes === null ? "–" : formatBytes(one.bytes)}</td>
          <td>{one.sha256 ? <code className="id">{one.sha256}</code> : "–"}</td>
          <td>
            {one.downloadable ? (
              <>
                <a href={`${path}/${one.id}/download`}>Download</a>, gone <Age value={one.expiresAt} />
              </>
            ) : (
              <span className="quiet">{one.state === "ready" ? (one.notForYou ?? "no longer there") : "–"}</span>
            )}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function State({ state, error }: Pick<Export, "state" | "error">) {
  if (state === "pending") return <Badge tone="warn">being prepared</Badge>;
  if (state === "ready") return <Badge tone="ok">ready</Badge>;
  return (
    <>
      <Badge tone="bad">failed</Badge> {error}
    </>
  );
}

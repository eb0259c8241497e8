import { humanize } from "#lib/text.ts";
import { DataTable } from "../data-table.tsx";
import { Time } from "../time.tsx";

type Opened = { kind: string; name: string; count: number; firstAt: Date; lastAt: Date };

/** Pages and calls inside an access, each once, with how often and when. */
export function OpenedTable({ opened }: { opened: readonly Opened[] }) {
  return (
    <DataTable label="What was opened" columns={["What", "Name", "How often", "First", "Last"]}>
      {opened.map(({ kind, name, count, firstAt, lastAt }) => (
        <tr key={`${kind} ${name}`}>
          <td>{kinds[kind] ?? kind}</td>
          <td className="wide">{kind === "page" ? <code>{name}</code> : humanize(name)}</td>
          <td>{count}</td>
          <td>
            <Time value={firstAt} />
          </td>
          <td>
            <Time value={lastAt} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

const kinds: Record<string, string> = { page: "Page", procedure: "Data", form: "Form" };

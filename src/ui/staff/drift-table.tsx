import { humanize } from "#lib/text.ts";
import type { ShownBilling } from "#router/staff/billing.ts";
import { DataTable } from "../data-table.tsx";
import { formatValue } from "../format-value.ts";
import { Age } from "../time.tsx";

/** Where our rows say something else than Stripe does. An operation takes Stripe's values. */
export function DriftTable({ drift }: { drift: ShownBilling["drift"] }) {
  return (
    <DataTable label="Differences to Stripe" columns={["Field", "Here", "At Stripe", "Found"]}>
      {drift.map(({ id, objectType, field, ours, theirs, foundAt }) => (
        <tr key={id}>
          <td>
            {humanize(field)} <small>{objectType.toLowerCase()}</small>
          </td>
          <td>{formatValue(ours)}</td>
          <td>{formatValue(theirs)}</td>
          <td>
            <Age value={foundAt} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

import type { OperationLink } from "#router/describe-operations.ts";
import { DataTable } from "../data-table.tsx";
import { OperationLinks } from "../operation-links.tsx";

type Plan = {
  id: string;
  name: string;
  monitors: number;
  pingsPerMinute: number;
  historyDays: number;
  apiPerMinute: number;
  seats: number;
  trialDays: number;
  change: OperationLink;
};

const columns = [
  "Plan",
  "Monitors",
  "Pings in a minute",
  "Days of history",
  "API requests in a minute",
  "Seats to start",
  "Days of trial",
  "Operations",
];

/** What each plan allows. */
export function PlanTable({ plans }: { plans: readonly Plan[] }) {
  return (
    <DataTable label="Plans" columns={columns}>
      {plans.map((plan) => (
        <tr key={plan.id}>
          <td>{plan.name}</td>
          {[plan.monitors, plan.pingsPerMinute, plan.historyDays, plan.apiPerMinute, plan.seats, plan.trialDays].map((limit, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as many as there are columns, always in their order
            <td key={index}>{limit.toLocaleString("en-GB")}</td>
          ))}
          <td>
            <OperationLinks operations={[plan.change]} targetId={plan.id} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

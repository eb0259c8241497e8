import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Age } from "../time.tsx";
import { DeliveryState } from "./delivery-state.tsx";

type Delivery = {
  id: string;
  event: string;
  state: "pending" | "delivered" | "failed";
  attempts: number;
  lastStatus: number | null;
  lastError: string | null;
  nextTryAt: Date | null;
  createdAt: Date;
};

/** What was sent to one webhook lately, and what came of it. */
export function DeliveryTable({ deliveries }: { deliveries: readonly Delivery[] }) {
  if (deliveries.length === 0) return <EmptyState>Nothing was sent yet. Send a test to see whether it arrives.</EmptyState>;
  return (
    <DataTable label="Deliveries" columns={["Event", "When", "State", "Attempts", "Status", "What went wrong", "Next try"]}>
      {deliveries.map((delivery) => (
        <tr key={delivery.id}>
          <td title={delivery.id}>{delivery.event}</td>
          <td>
            <Age value={delivery.createdAt} />
          </td>
          <td>
            <DeliveryState state={delivery.state} attempts={delivery.attempts} />
          </td>
          <td>{delivery.attempts}</td>
          <td>{delivery.lastStatus ?? "–"}</td>
          <td>{delivery.lastError}</td>
          <td>
            <Age value={delivery.nextTryAt} none="–" />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

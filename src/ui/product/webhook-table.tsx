import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Age } from "../time.tsx";
import { DeliveryState } from "./delivery-state.tsx";

type Webhook = {
  id: string;
  url: string;
  events: string[];
  lastDelivery: { state: "pending" | "delivered" | "failed"; attempts: number; createdAt: Date } | null;
};

/** An organization's webhooks, each with how the last delivery went. */
export function WebhookTable({ webhooks, path }: { webhooks: readonly Webhook[]; path: string }) {
  if (webhooks.length === 0)
    return <EmptyState>No webhooks yet. Add one to have a program of yours told when a monitor goes down or comes up again.</EmptyState>;
  return (
    <DataTable label="Webhooks" columns={["Address", "Events", "Last delivery"]}>
      {webhooks.map(({ id, url, events, lastDelivery }) => (
        <tr key={id}>
          <td>
            <a href={`${path}/${id}`}>{url}</a>
          </td>
          <td>{events.join(", ")}</td>
          <td>
            {lastDelivery ? (
              <>
                <DeliveryState state={lastDelivery.state} attempts={lastDelivery.attempts} /> <Age value={lastDelivery.createdAt} />
              </>
            ) : (
              <span className="quiet">none yet</span>
            )}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

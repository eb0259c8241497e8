import { DataTable } from "../data-table.tsx";

/** What a webhook looks like, and how to check whose it is. */
export function WebhookReference({ events, example }: { events: Record<string, string>; example: string }) {
  return (
    <>
      <h2 id="webhooks">Webhooks</h2>
      <p>
        A webhook is a POST to your address with a JSON body: <code>id</code>, <code>event</code>, <code>organizationId</code>,{" "}
        <code>createdAt</code> and <code>data</code>. Answer with a status from 200 to 299 within 10 seconds. Anything else is tried again,
        ten times in about three days; redirects are not followed. The same delivery may come more than once and always has the same{" "}
        <code>Countersign-Delivery</code>. Deliveries may overtake each other.
      </p>
      <DataTable label="Events" columns={["Event", "When"]}>
        {Object.entries(events).map(([event, words]) => (
          <tr key={event}>
            <td>
              <code>{event}</code>
            </td>
            <td>{words}</td>
          </tr>
        ))}
      </DataTable>
      <p>
        The header <code>Countersign-Signature</code> is <code>t=…,v1=…</code>: the time in seconds, and the HMAC-SHA256 of the time, a dot
        and the body, with the webhook’s signing secret. Check it, and that the time is recent, before you believe the body:
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls with the arrow keys */}
      <pre tabIndex={0}>
        <code>{example}</code>
      </pre>
    </>
  );
}

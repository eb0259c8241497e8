import { DataTable } from "../data-table.tsx";
import { PageHeader } from "../page-header.tsx";

type Endpoint = { method: string; path: string; title: string; scope: string };

/** How a program works with monitors, from the list that the API itself is made of. */
export function ApiReference({ origin, endpoints }: { origin: string; endpoints: readonly Endpoint[] }) {
  const example = `curl ${origin}/api/v1/monitors \\\n  -H "Authorization: Bearer cs_live_…" \\\n  -H "Content-Type: application/json" \\\n  -d '{"name":"Nightly backup","schedule":"interval","intervalMinutes":1440,"graceMinutes":30}'`;
  return (
    <>
      <PageHeader title="Developers">
        <a className="button" href="/api/v1/openapi.json">
          OpenAPI document
        </a>
      </PageHeader>
      <h2 id="api">REST API</h2>
      <p>
        Owners and admins make API keys on their organization’s page “API keys”. A key is for one organization and for the scopes that were
        chosen. Send it with each request; bodies are JSON:
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls with the arrow keys */}
      <pre tabIndex={0}>
        <code>{example}</code>
      </pre>
      <DataTable label="Endpoints" columns={["Request", "What it does", "Scope"]}>
        {endpoints.map(({ method, path, title, scope }) => (
          <tr key={`${method} ${path}`}>
            <td>
              <code>
                {method} /api/v1{path}
              </code>
            </td>
            <td>{title}</td>
            <td>
              <code>{scope}</code>
            </td>
          </tr>
        ))}
      </DataTable>
      <p>
        Lists come in pages: <code>limit</code> says how many at most, and <code>next</code> of one page is <code>after</code> of the next.
      </p>
      <p>
        Where no answer arrived, ask again: with a header <code>Idempotency-Key</code> of your own for each request, a <code>POST</code> is
        done once. For 24 hours the same request with the same key gets the first answer again, with <code>Idempotent-Replayed: true</code>.
        While the first is still running the answer is 409, and 422 where the key came with another request.
      </p>
      <p>
        What is refused comes with a status that says why and with a body such as{" "}
        <code>{'{"error":{"code":"NOT_FOUND","message":"There is no such monitor.","requestId":"…"}}'}</code>. The code is for the program,
        the message for a person, the request id for our support. With 422, <code>fields</code> says which field is not valid.
      </p>
      <p>
        How many requests an organization may make in a minute depends on its plan: <code>RateLimit-Limit</code>,{" "}
        <code>RateLimit-Remaining</code> and <code>RateLimit-Reset</code> (seconds) are in each answer. Beyond it, the answer is 429 with{" "}
        <code>Retry-After</code>.
      </p>
    </>
  );
}

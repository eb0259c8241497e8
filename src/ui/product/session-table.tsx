import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Age } from "../time.tsx";
import { describeBrowser } from "./describe-browser.ts";
import { OperationButton } from "./operation-button.tsx";

type Session = {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  sourceIp: string | null;
  userAgent: string | null;
  current: boolean;
};
type Props = { userId: string; sessions: readonly Session[]; path: string; whyNot: string | null };

/** Where this person is signed in, each with its End. */
export function SessionTable({ userId, sessions, path, whyNot }: Props) {
  const others = sessions.filter(({ current }) => !current).length;
  return (
    <section>
      <h2>Sessions</h2>
      {sessions.length === 0 ? (
        <EmptyState>Signed in nowhere at the moment.</EmptyState>
      ) : (
        <DataTable label="Sessions" columns={["Browser", "Address", "Signed in", "Last seen", "End"]}>
          {sessions.map((session) => (
            <tr key={session.id}>
              <td title={session.userAgent ?? undefined}>{describeBrowser(session.userAgent)}</td>
              <td>{session.sourceIp ?? "unknown"}</td>
              <td>
                <Age value={session.createdAt} />
              </td>
              <td>
                <Age value={session.lastSeenAt} />
              </td>
              <td>
                {session.current ? (
                  "This one"
                ) : (
                  <OperationButton operation="session.end" targetId={session.id} back={path} disabled={whyNot !== null}>
                    End
                  </OperationButton>
                )}
              </td>
            </tr>
          ))}
        </DataTable>
      )}
      {others > 0 && (
        <OperationButton operation="user.endSessions" targetId={userId} back={path} disabled={whyNot !== null}>
          End all other sessions
        </OperationButton>
      )}
      {whyNot && <p className="help">{whyNot}</p>}
    </section>
  );
}

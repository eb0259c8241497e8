import { type Finding, judge } from "#domain/monitor-state.ts";
import { type Transaction, transaction } from "../db.ts";
import { log } from "../log.ts";
import { claimDueMonitors, type DueMonitor } from "./claim-due-monitors.ts";
import { type StateChange, tellOfStateChange } from "./tell-of-state-change.ts";

const hour = 3_600_000;

/**
 * Looks at monitors whose time has come, at most so many, and says how many they were. State, history and what is mailed
 * are one transaction; the rows are locked in it, so that several workers never look at the same one, and a ping that
 * comes meanwhile sees what was found.
 */
export function lookAtDueMonitors(most: number): Promise<number> {
  return transaction(async (db) => {
    const { now, monitors } = await claimDueMonitors(db, most);
    if (monitors.length === 0) return 0;
    const found = monitors.map((monitor) => ({ monitor, finding: look(monitor, now) }));
    const changes = await note(db, found);
    for (const change of changes) await tellOfStateChange(db, change);
    return monitors.length;
  });
}

function look(monitor: DueMonitor, now: Date): Finding {
  const { id, state, stateSince, watched } = monitor;
  if (!watched) return { state: "waiting", since: now, nextCheckAt: null };
  try {
    const finding = judge(monitor, now);
    // A schedule that was changed may make it late before the last change: history goes forward only.
    return finding.since < stateSince ? { ...finding, since: stateSince } : finding;
  } catch (error) {
    log.error({ err: error, monitorId: id }, "a monitor cannot be judged and stays as it is");
    return { state, since: stateSince, nextCheckAt: new Date(now.getTime() + hour) };
  }
}

type Found = { monitor: DueMonitor; finding: Finding };

async function note(db: Transaction, found: Found[]): Promise<StateChange[]> {
  const rows = found.map(({ monitor: { id, state }, finding }) => ({ id, from: state, to: finding.state, ...finding }));
  const noted = await db.$queryRaw<{ id: string; monitorId: string }[]>`
    WITH found AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS f("id" text, "from" "MonitorState", "to" "MonitorState", "since" timestamptz, "nextCheckAt" timestamptz)
    ), noted AS (
      UPDATE "Monitor" m SET
        "nextCheckAt" = f."nextCheckAt",
        "state" = f."to",
        "stateSince" = CASE WHEN f."from" = f."to" THEN m."stateSince" ELSE f."since" END
      FROM found f WHERE m."id" = f."id"
    )
    INSERT INTO "MonitorStateChange" ("monitorId", "from", "to", "at")
    SELECT "id", "from", "to", "since" FROM found WHERE "from" <> "to"
    RETURNING "id", "monitorId"`;
  const changeIds = new Map(noted.map(({ id, monitorId }) => [monitorId, id]));
  return found.flatMap(({ monitor, finding }) => {
    const changeId = changeIds.get(monitor.id);
    return changeId ? [{ changeId, monitor, finding }] : [];
  });
}

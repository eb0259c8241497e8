import type { Context } from "./actor.ts";
import { bookkeeping } from "./db.ts";
import type { Boundary } from "./effects/boundary.ts";
import { log } from "./log.ts";

/** A page at its path, a procedure or a form by its name. */
export type View = { kind: "page" | "procedure" | "form"; name: string };

export const viewLog = { name: "log of an impersonation", whileImpersonating: "allow" } as const satisfies Boundary;

const mostWaiting = 50;
const mostKept = 5_000;
const longestWait = 1_000;

type Line = View & { impersonationId: string };

// One for the process, also where the bundler loads this module more than once.
const shared = globalThis as typeof globalThis & { countersignViews?: { lines: Line[]; timer: NodeJS.Timeout | null } };
shared.countersignViews ??= { lines: [], timer: null };
const waiting = shared.countersignViews;

/**
 * Notes what is opened inside an impersonation, without waiting: it is written within a second, or before the answer
 * where `flushViews` is awaited. A process that is killed loses at most that second.
 */
export function noteView({ impersonation }: Pick<Context, "impersonation">, { kind, name }: View): void {
  if (!impersonation) return;
  waiting.lines.push({ impersonationId: impersonation.id, kind, name: name.slice(0, 300) });
  if (waiting.lines.length >= mostWaiting) void flushViews();
  else waiting.timer ??= setTimeout(flushViews, longestWait).unref();
}

/** Writes what was noted so far. What cannot be written now is kept and tried again, up to a bound. */
export async function flushViews(): Promise<void> {
  if (waiting.timer) clearTimeout(waiting.timer);
  waiting.timer = null;
  const lines = waiting.lines.splice(0);
  if (lines.length === 0) return;
  try {
    await insert(lines);
  } catch (error) {
    const kept = lines.slice(-mostKept);
    log.error(
      { err: error, kept: kept.length, dropped: lines.length - kept.length },
      "views inside impersonations could not be written yet",
    );
    waiting.lines.unshift(...kept);
    waiting.timer ??= setTimeout(flushViews, longestWait).unref();
  }
}

// By a join, so that an impersonation that is deleted with its customer takes only its own lines along.
function insert(lines: readonly Line[]): Promise<unknown> {
  const column = (name: keyof Line) => lines.map((line) => line[name]);
  return bookkeeping("view").$executeRaw`
    INSERT INTO "ImpersonationView" ("impersonationId", "kind", "name")
    SELECT l."impersonationId", l."kind", l."name"
    FROM unnest(${column("impersonationId")}::text[], ${column("kind")}::text[], ${column("name")}::text[])
      WITH ORDINALITY AS l("impersonationId", "kind", "name", "nth")
    JOIN "Impersonation" i ON i."id" = l."impersonationId" ORDER BY l."nth"`;
}

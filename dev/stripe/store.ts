import { randomBytes } from "node:crypto";
import { missing } from "./failure.ts";
import { openJournal } from "./journal.ts";
import { type Kind, type Kinds, kinds, prefixes, type StripeObject } from "./kinds.ts";

/** What was answered to an idempotency key. */
export type Answered = { key: string; hash: string; status: number; body: unknown; at: number };
type Entry = { put?: StripeObject[]; removed?: string[]; answered?: Answered };
type Tables = Record<Kind, Map<string, StripeObject>>;

export type Store = ReturnType<typeof openStore>;
export type Draft = ReturnType<typeof createDraft>;

export const keysAreKept = 24 * 3_600;
const eventsAreKept = 30 * 24 * 3_600;

/** All objects, in memory and in a file. What one request changes is kept as a whole or not at all. */
export function openStore(file: string | null) {
  const journal = openJournal<Entry>(file);
  const tables = Object.fromEntries(kinds.map((kind) => [kind, new Map()])) as Tables;
  const answers = new Map<string, Answered>();
  const listeners: ((events: Kinds["event"][]) => void)[] = [];
  for (const entry of journal.read()) apply(entry);
  forgetOld();
  journal.compact([
    { put: kinds.flatMap((kind) => [...tables[kind].values()]) },
    ...[...answers.values()].map((answered) => ({ answered })),
  ]);

  return {
    begin: (now: number, request: Request = {}) => createDraft(tables, now, request),
    /** Keeps what the draft changed, and the answer that a repetition gets. */
    commit({ changed, removed }: Pick<Draft, "changed" | "removed">, answered?: Answered) {
      const put = [...changed.values()];
      if (put.length === 0 && removed.size === 0 && !answered) return;
      const entry: Entry = {
        ...(put.length > 0 && { put }),
        ...(removed.size > 0 && { removed: [...removed] }),
        ...(answered && { answered }),
      };
      journal.add(entry);
      apply(entry);
      const events = put.filter((object): object is Kinds["event"] => object.object === "event");
      if (events.length > 0) for (const listener of listeners) listener(events);
    },
    /** Tells of events that have just been kept. */
    onEvents: (listener: (events: Kinds["event"][]) => void) => void listeners.push(listener),
    findAnswer(key: string, now: number) {
      const answer = answers.get(key);
      return answer && answer.at > now - keysAreKept ? answer : undefined;
    },
    /** As if so many seconds had passed for the idempotency keys alone. */
    ageAnswers(seconds: number) {
      for (const [key, answer] of answers) answers.set(key, { ...answer, at: answer.at - seconds });
    },
    clear() {
      for (const kind of kinds) tables[kind].clear();
      answers.clear();
      journal.compact([]);
    },
  };

  function apply({ put = [], removed = [], answered }: Entry) {
    for (const object of put) tables[object.object as Kind].set(object.id, object);
    for (const id of removed) for (const kind of kinds) tables[kind].delete(id);
    if (answered) answers.set(answered.key, answered);
  }

  function forgetOld() {
    const now = Math.floor(Date.now() / 1_000);
    for (const [key, { at }] of answers) if (at <= now - keysAreKept) answers.delete(key);
    for (const [id, { created }] of tables.event as Map<string, Kinds["event"]>) if (created < now - eventsAreKept) tables.event.delete(id);
  }
}

type Request = { id?: string; idempotencyKey?: string | undefined };

/** One request's view of everything, with what it has changed so far. Objects are replaced, never changed in place. */
function createDraft(tables: Tables, now: number, request: Request) {
  const changed = new Map<string, StripeObject>();
  const removed = new Set<string>();
  const draft = {
    now,
    request,
    changed,
    removed,
    find<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
      if (removed.has(id)) return undefined;
      const own = changed.get(id);
      return (own?.object === kind ? own : tables[kind].get(id)) as Kinds[K] | undefined;
    },
    get<K extends Kind>(kind: K, id: string, param?: string): Kinds[K] {
      const found = draft.find(kind, id);
      if (!found) throw missing(kind, id, param);
      return found;
    },
    /** Newest first. */
    all<K extends Kind>(kind: K): Kinds[K][] {
      const own = [...changed.values()].filter((object) => object.object === kind);
      const merged = new Map<string, StripeObject>([...tables[kind], ...own.map((object) => [object.id, object] as const)]);
      return ([...merged.values()] as Kinds[K][]).filter(({ id }) => !removed.has(id)).reverse();
    },
    put<Object extends StripeObject>(object: Object): Object {
      changed.set(object.id, object);
      return object;
    },
    remove({ id }: StripeObject) {
      changed.delete(id);
      removed.add(id);
    },
  };
  return draft;
}

export function newId(kind: Kind | "il" | "si" | "inpay" | "req"): string {
  const prefix = kind in prefixes ? prefixes[kind as Kind] : kind;
  return `${prefix}_${randomBytes(15).toString("base64url").replace(/[-_]/g, "0").padEnd(20, "0")}`;
}

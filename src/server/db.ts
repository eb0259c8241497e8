import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "#env.ts";
import { PrismaClient } from "#generated/prisma/client.ts";
import { type EventInput, insertEventSql } from "./audit/event.ts";
import { auditExtension } from "./audit/extension.ts";
import { type AuditScope, ensureEvent, runInAuditScope } from "./audit/scope.ts";
import { connectionOptions } from "./connection-options.ts";
import { AppError } from "./errors.ts";
import { isConfinedToReading } from "./request-scope.ts";
import { statementName } from "./statement-name.ts";
import { isAnswerLost } from "./to-app-error.ts";

export type Writer = ReturnType<typeof createWriter>;
/** What an operation changes data with: inside a transaction, under an audit scope. */
export type Transaction = Parameters<Parameters<Writer["$transaction"]>[0]>[0];
/** What every read uses: a database role that cannot write, in read-only transactions. */
export type Reader = PrismaClient;

// One pool for each role and process, also where the bundler loads this module more than once.
const shared = globalThis as typeof globalThis & { countersignDatabase?: { writer?: Writer; reader?: Reader } };
shared.countersignDatabase ??= {};
const clients = shared.countersignDatabase;

/** What a read-only impersonation may write all the same. Each is a reason why the record would otherwise be incomplete. */
const bookkeepingDoors = {
  event: "an audit event without a change: a refusal, a sensitive read",
  staffSeen: "the staff session is in use",
  view: "what was opened inside the impersonation",
  handOver: "the code that led here is used up",
  ownImpersonation: "the impersonation ends, or steps down",
} as const;
export type BookkeepingDoor = keyof typeof bookkeepingDoors;

/** What changes are made with. During a read-only impersonation it is the reader, so PostgreSQL refuses whatever tries. */
export function writer(): Writer {
  return isConfinedToReading() ? (reader() as unknown as Writer) : openWriter();
}

/** The writer also during a read-only impersonation, for one of the purposes listed above. */
export function bookkeeping(_door: BookkeepingDoor): Writer {
  return openWriter();
}

function openWriter(): Writer {
  clients.writer ??= createWriter();
  return clients.writer;
}

export function reader(): Reader {
  clients.reader ??= createClient(env().DATABASE_READER_URL);
  return clients.reader;
}

/**
 * One transaction. Changes of audited models also need an audit scope: see `inAuditScope`. Throws OUTCOME_UNKNOWN where the
 * connection is lost at its commit: PostgreSQL may have done it and could not say so.
 */
export async function transaction<Result>(work: (db: Transaction) => Promise<Result>, client = writer()): Promise<Result> {
  let isWorkDone = false;
  try {
    return await client.$transaction(async (db) => {
      const result = await work(db);
      isWorkDone = true;
      return result;
    });
  } catch (error) {
    if (isWorkDone && isAnswerLost(error)) throw new AppError("OUTCOME_UNKNOWN", { cause: error });
    throw error;
  }
}

/** Writes the event, then runs `work`, whose changes belong to it: both are kept with the transaction, or neither. */
export function inAuditScope<Result>(db: Transaction, event: EventInput, work: (eventId: string) => Promise<Result>): Promise<Result> {
  const scope: AuditScope = { event, eventId: null, insertEvent: (input) => insertEvent(db, input) };
  return runInAuditScope(scope, async () => work(await ensureEvent(scope)));
}

/** A transaction that is one audited change. Whatever `work` throws rolls back and is thrown on. */
export function audited<Result>(
  event: EventInput,
  work: (db: Transaction, eventId: string) => Promise<Result>,
  client = writer(),
): Promise<Result> {
  return transaction((db) => inAuditScope(db, event, (eventId) => work(db, eventId)), client);
}

/** Writes an event that no change belongs to: a denial, a failure, a sensitive read. */
export async function recordEvent(event: EventInput): Promise<string> {
  return insertEvent(bookkeeping("event"), event);
}

async function insertEvent(db: Pick<Transaction, "$queryRaw">, event: EventInput): Promise<string> {
  const [row] = await db.$queryRaw<{ id: string }[]>(insertEventSql(event));
  if (!row) throw new Error("The audit event was not written.");
  return row.id;
}

export async function disconnect(): Promise<void> {
  await Promise.all([clients.writer?.$disconnect(), clients.reader?.$disconnect()]);
  delete clients.writer;
  delete clients.reader;
}

function createWriter() {
  return createClient(env().DATABASE_URL).$extends(auditExtension);
}

function createClient(connectionString: string): PrismaClient {
  const connection = { ...connectionOptions(connectionString), max: env().DATABASE_POOL_SIZE };
  // The type asks for a name for each statement, and the driver takes none as well.
  const adapter = new PrismaPg(connection, { statementNameGenerator: statementName as (query: { sql: string }) => string });
  return new PrismaClient({
    adapter,
    // No isolation level: naming the default one would cost each transaction a statement.
    transactionOptions: { maxWait: 5_000, timeout: 10_000 },
  });
}

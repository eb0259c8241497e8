import { z } from "zod";
import { env } from "#env.ts";
import { type Reader, reader, type Transaction } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { reach } from "#server/reach.ts";
import { shownStatus, watchedColumns } from "../monitor-status.ts";
import type { ApiContext } from "./endpoint.ts";

const time = z.iso.datetime();

/** A monitor as the API shows it. */
export const monitorAnswer = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(["waiting", "up", "late", "down", "paused"]),
  statusSince: time,
  schedule: z.enum(["interval", "cron"]),
  intervalMinutes: z.number().nullable(),
  cron: z.string().nullable(),
  timeZone: z.string().nullable(),
  graceMinutes: z.number(),
  lastPingAt: time.nullable(),
  createdAt: time,
  pingUrl: z.url().nullable().describe("The address to ping; null for keys without monitors:write, because whoever knows it can ping."),
});

export const monitorSelect = { id: true, name: true, organizationId: true, createdAt: true, pingKey: true, ...watchedColumns } as const;
type Row = Awaited<ReturnType<typeof findMonitor>>;

/** Within the key's reach; another organization's is as absent as one that never was. */
export async function findMonitor({ ability }: ApiContext, id: string, db: Reader | Transaction = reader()) {
  const monitor = await db.monitor.findFirst({ where: { id, AND: [reach(ability, "read", "Monitor")] }, select: monitorSelect });
  if (!monitor) throw new AppError("NOT_FOUND", { userMessage: "There is no such monitor." });
  return monitor;
}

export function showMonitor(row: Row, { actor }: ApiContext): z.input<typeof monitorAnswer> {
  const { status, since } = shownStatus(row);
  const isInterval = row.scheduleKind === "interval";
  return {
    id: row.id,
    name: row.name,
    status,
    statusSince: since.toISOString(),
    schedule: row.scheduleKind,
    intervalMinutes: isInterval ? row.intervalSeconds / 60 : null,
    cron: row.cron,
    timeZone: row.timeZone,
    graceMinutes: row.graceSeconds / 60,
    lastPingAt: row.lastPingAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    pingUrl: actor.scopes.includes("monitors:write") ? `${env().APP_URL}/ping/${row.pingKey}` : null,
  };
}

import type { ExportScope } from "#domain/export-scopes.ts";
import { reader, writer } from "#server/db.ts";
import type { EffectJob } from "#server/effects/effect.ts";
import type { ExportJob } from "#server/effects/export-job.ts";
import { type ManifestFile, packArchive, TooLarge } from "#server/export/archive.ts";
import { mostEvents } from "#server/export/audit-events.ts";
import { datasetsOf } from "#server/export/datasets.ts";
import { mostPings } from "#server/export/pings.ts";
import { reportProgress } from "#server/jobs/progress.ts";
import { runAsSystem } from "./run-as-system.ts";
import type { PeriodicTask, QueueTask } from "./task.ts";

/**
 * Prepares the file of one data export. A worker that dies in the middle leaves at most a file without a state; the next
 * one replaces it, and only one of them completes the export.
 */
export const prepareExportTask: QueueTask = {
  queue: "export",
  atOnce: 1,
  async handle({ id: jobId, data }) {
    const { payload, origin } = data as EffectJob<ExportJob>;
    const found = await find(payload.exportId);
    if (found?.state !== "pending") return undefined;
    try {
      const content = await pack(found, (done, total) => reportProgress(jobId, done, total));
      await store(found.id, content);
      await run("dataExport.complete", { recipients: payload.recipients });
      return undefined;
    } catch (error) {
      // Trying again cannot make it smaller; whatever else it is may pass, and is tried again.
      if (!(error instanceof TooLarge)) throw error;
      await run("dataExport.fail", { error: error.message });
      return { gaveUp: error.message };
    }

    function run(name: "dataExport.complete" | "dataExport.fail", input: Record<string, unknown>): Promise<void> {
      return runOnExport(name, { exportId: payload.exportId, input, requestId: origin.requestId });
    }
  },
};

/** An export whose job was given up would say "being prepared" for ever, and stand in the way of the next. */
export const failStuckExportsTask: PeriodicTask = {
  name: "fail stuck exports",
  everySeconds: 300,
  async run() {
    const createdBefore = new Date(Date.now() - 2 * 60 * 60 * 1_000);
    const stuck = await reader().dataExport.findMany({
      where: { state: "pending", createdAt: { lt: createdBefore } },
      take: 100,
      select: { id: true },
    });
    for (const { id } of stuck)
      await runOnExport("dataExport.fail", { exportId: id, input: { error: "It could not be prepared in time. Ask for it again." } });
  },
};

type Run = { exportId: string; input: Record<string, unknown>; requestId?: string };

async function runOnExport(name: "dataExport.complete" | "dataExport.fail", { exportId, input, requestId }: Run): Promise<void> {
  await runAsSystem("Data export", name, { targetId: exportId, input, requestId });
}

/** In place of what a worker that died may have left, but never of a file that people may have. */
async function store(id: string, content: Uint8Array<ArrayBuffer>): Promise<void> {
  await writer().$executeRaw`
    INSERT INTO "DataExportFile" ("id", "content")
    SELECT "id", ${content} FROM "DataExport" WHERE "id" = ${id} AND "state" = 'pending' FOR SHARE
    ON CONFLICT ("id") DO UPDATE SET "content" = excluded."content"`;
}

const select = {
  id: true,
  state: true,
  scopes: true,
  createdAt: true,
  requestedByLabel: true,
  organization: { select: { id: true, name: true, slug: true } },
} as const;
type Found = NonNullable<Awaited<ReturnType<typeof find>>>;
const find = (id: string) => reader().dataExport.findUnique({ where: { id }, select });

function pack(
  { id, scopes, createdAt, requestedByLabel, organization }: Found,
  tellProgress: (done: number, total: number) => Promise<void>,
): Promise<Uint8Array<ArrayBuffer>> {
  const datasets = datasetsOf(organization.id, scopes as ExportScope[]);
  const manifestOf = (files: ManifestFile[]) => ({
    export: id,
    organization,
    requestedBy: requestedByLabel,
    requestedAt: createdAt,
    preparedAt: new Date(),
    parts: scopes,
    limits: { pings: mostPings, auditEvents: mostEvents, note: "Where there are more, the newest are here." },
    files,
  });
  return packArchive(datasets, manifestOf, (done) => tellProgress(done, datasets.length));
}

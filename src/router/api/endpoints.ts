import { z } from "zod";
import { monitorDefaults, monitorInput } from "#domain/monitors.ts";
import { reader, type Transaction } from "#server/db.ts";
import { cutPage } from "#server/keyset.ts";
import { reach } from "#server/reach.ts";
import { type Once, onceFor } from "#server/repeated-request.ts";
import { runOperation } from "#server/run-operation.ts";
import { getOperation } from "../registry.ts";
import { type ApiContext, defineEndpoint, type Endpoint, type Repeatable } from "./endpoint.ts";
import { findMonitor, monitorAnswer, monitorSelect, showMonitor } from "./monitor.ts";
import { pageQuery } from "./page-query.ts";
import { listPings, pingAnswer } from "./pings.ts";

/** The whole is checked by the operation. */
const monitorPatch = z.strictObject(monitorInput.shape).partial();
const pageOf = (row: z.ZodType) => z.object({ data: z.array(row), next: z.string().nullable() });

/** All that the REST API does; its documents are made of this list. */
export const endpoints: readonly Endpoint[] = [
  defineEndpoint({
    method: "GET",
    path: "/monitors",
    title: "List monitors, oldest first",
    scope: "monitors:read",
    query: pageQuery,
    answer: pageOf(monitorAnswer),
    status: 200,
    async handle({ context, query: { limit, after } }) {
      const rows = await reader().monitor.findMany({
        where: { AND: [reach(context.ability, "read", "Monitor"), ...(after ? [{ id: { gt: after } }] : [])] },
        orderBy: { id: "asc" },
        take: limit + 1,
        select: monitorSelect,
      });
      const page = cutPage(rows, ({ id }) => id, limit);
      return { data: page.rows.map((row) => showMonitor(row, context)), next: page.next };
    },
  }),
  defineEndpoint({
    method: "POST",
    path: "/monitors",
    title: "Create a monitor",
    scope: "monitors:write",
    body: monitorInput,
    answer: monitorAnswer,
    status: 201,
    async handle({ context, body, repeatable }) {
      const envelope = { targetId: context.actor.organizationId, input: body };
      const idOf = (output: unknown) => (output as { monitorId: string }).monitorId;
      return runAndShow("monitor.create", context, { envelope, repeatable, idOf, status: 201 });
    },
  }),
  defineEndpoint({
    method: "GET",
    path: "/monitors/{id}",
    title: "Get a monitor",
    scope: "monitors:read",
    answer: monitorAnswer,
    status: 200,
    handle: async ({ context, id }) => showMonitor(await findMonitor(context, id), context),
  }),
  defineEndpoint({
    method: "PATCH",
    path: "/monitors/{id}",
    title: "Change a monitor; what is left out stays",
    scope: "monitors:write",
    body: monitorPatch,
    answer: monitorAnswer,
    status: 200,
    async handle({ context, id, body }) {
      const input = { ...monitorDefaults(await findMonitor(context, id)), ...body };
      await run("monitor.update", context, { targetId: id, input });
      return showMonitor(await findMonitor(context, id), context);
    },
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/monitors/{id}",
    title: "Delete a monitor with its history",
    scope: "monitors:write",
    status: 204,
    handle: ({ context, id }) => run("monitor.delete", context, { targetId: id, input: {} }),
  }),
  ...(["pause", "resume"] as const).map((verb) =>
    defineEndpoint({
      method: "POST",
      path: `/monitors/{id}/${verb}`,
      title: `${verb === "pause" ? "Pause" : "Resume"} a monitor`,
      scope: "monitors:write",
      answer: monitorAnswer,
      status: 200,
      handle: ({ context, id, repeatable }) =>
        runAndShow(`monitor.${verb}`, context, { envelope: { targetId: id, input: {} }, repeatable, idOf: () => id, status: 200 }),
    }),
  ),
  defineEndpoint({
    method: "GET",
    path: "/monitors/{id}/pings",
    title: "List the pings of a monitor, newest first",
    scope: "pings:read",
    query: pageQuery,
    answer: pageOf(pingAnswer),
    status: 200,
    async handle({ context, id, query }) {
      await findMonitor(context, id);
      return listPings(id, query);
    },
  }),
];

type EnvelopeOf = { targetId: string; input: unknown };
type Shown = { envelope: EnvelopeOf; repeatable: Repeatable | null; idOf: (output: unknown) => string; status: number };

/** The answer is the monitor as the run leaves it; where the program may ask again, it is kept together with the change. */
async function runAndShow(name: string, context: ApiContext, { envelope, repeatable, idOf, status }: Shown): Promise<unknown> {
  const show = async (output: unknown, db?: Transaction) => showMonitor(await findMonitor(context, idOf(output), db), context);
  if (!repeatable) return show(await run(name, context, envelope));
  let shown: unknown;
  const answerTo = async (output: unknown, db: Transaction) => {
    shown = await show(output, db);
    return { status, answer: shown };
  };
  await run(name, context, envelope, onceFor({ apiKeyId: context.actor.id, ...repeatable, answerTo }));
  return shown;
}

async function run(name: string, context: ApiContext, envelope: EnvelopeOf, once?: Once): Promise<unknown> {
  const { output } = await runOperation({ operation: getOperation(name), context, ability: context.ability, envelope, once });
  return output;
}

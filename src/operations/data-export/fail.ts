import { z } from "zod";
import { text } from "#lib/text.ts";
import { defineOperation } from "#server/operation.ts";

export const dataExportFail = defineOperation({
  name: "dataExport.fail",
  title: "Give up a data export",
  description: "The file could not be prepared.",
  target: "DataExport",
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({ error: text({ max: 300 }).meta({ title: "What went wrong" }) }),
  unavailable: ({ state }) => (state === "pending" ? null : "It is finished already."),
  summary: ({ target }) => `The export of ${target.organization.name} failed`,
  async run({ db, target, input: { error } }) {
    await db.dataExport.update({ where: { id: target.id }, data: { state: "failed", error }, select: { id: true } });
  },
});

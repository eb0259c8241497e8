import { defineTarget } from "./define-target.ts";

export const systemTarget = defineTarget({
  title: "Countersign",
  find: async (_db, where: { id: string; AND?: unknown }) => (where.id === "system" ? { id: "system" } : null),
  label: () => "Countersign",
  organizationId: () => null,
  phrase: () => "countersign",
  path: () => "/admin",
});

import type { Effect } from "./effect.ts";
import type { Recipient } from "./mail.ts";

export type ExportJob = { exportId: string; recipients: Recipient[] };

/** The worker prepares the file, and mails these people when it is there. */
export function prepareExport({ exportId, recipients }: ExportJob): Effect {
  return {
    name: "prepare export",
    queue: "export",
    whileImpersonating: "suppress",
    payload: { exportId, recipients } satisfies ExportJob,
    words: `A file is prepared, and ${recipients.map(({ name }) => name).join(", ")} told by e-mail when it is ready`,
  };
}

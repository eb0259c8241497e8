import { defineMail } from "./mail.ts";

type Data = { bulkRunId: string; operation: string; succeeded: number; refused: number; failed: number };

export const bulkFinished = defineMail({
  name: "bulkFinished",
  whileImpersonating: "allow",
  write: ({ bulkRunId, operation, succeeded, refused, failed }: Data) => ({
    subject: "Your bulk run is finished",
    paragraphs: [`${operation}: ${succeeded} succeeded, ${refused} were refused, ${failed} failed.`],
    action: { label: "See what became of each", path: `/admin/bulk/${bulkRunId}` },
  }),
});

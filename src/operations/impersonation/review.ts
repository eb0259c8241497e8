import { z } from "zod";
import { verdictNames, verdictTitles } from "#domain/verdicts.ts";
import { text } from "#lib/text.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const impersonationReview = defineOperation({
  name: "impersonation.review",
  title: "Review an impersonation",
  description: "A second person says whether what was opened and changed was right. Once, and never about what they did themselves.",
  target: "Impersonation",
  allow: { operations: true },
  risk: "routine",
  input: z.strictObject({
    verdict: z.enum(verdictNames).meta({ title: "Verdict", labels: verdictTitles }),
    note: text({ max: 1_000 }).optional().meta({ title: "Note", help: "What you found. Needed unless it was appropriate." }),
  }),
  unavailable(target) {
    if (target.review) return "It was reviewed already.";
    return target.endedAt === null && target.expiresAt > new Date() ? "It is still open." : null;
  },
  summary: ({ target, input }) => `Review ${target.staffMember.name} as ${target.user.name}: ${verdictTitles[input.verdict].toLowerCase()}`,
  next: ({ impersonationId }) => `/admin/impersonations/${impersonationId}`,
  async run({ db, target, input, context }) {
    const { actor } = context;
    if (actor.type !== "staff") throw new AppError("FORBIDDEN");
    if (input.verdict !== "appropriate" && !input.note) {
      const problem = "Say in the note what you found.";
      throw new AppError("INVALID_INPUT", { userMessage: problem, details: { fields: { "input.note": problem } } });
    }
    // The same question as the database's trigger asks; this one answers with a sentence.
    const [another] = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM "StaffMember" viewer JOIN "StaffMember" reviewer ON reviewer."id" = ${actor.id}
      WHERE viewer."id" = ${target.staffMemberId} AND viewer."id" <> reviewer."id"
        AND viewer."subject" <> reviewer."subject" AND lower(viewer."email") <> lower(reviewer."email")`;
    if (!another) throw new AppError("FORBIDDEN", { userMessage: "Nobody reviews what they did themselves: it takes a second person." });
    await db.impersonationReview.create({
      data: {
        impersonationId: target.id,
        reviewerId: actor.id,
        reviewerLabel: actor.label,
        verdict: input.verdict,
        note: input.note ?? null,
      },
      select: { id: true },
    });
    return { impersonationId: target.id };
  },
});

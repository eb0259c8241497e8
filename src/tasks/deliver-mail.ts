import { recordEvent } from "#server/db.ts";
import { deliverMail, isPermanent } from "#server/effects/deliver-mail.ts";
import { systemContext } from "#server/system-context.ts";
import type { QueueTask } from "./task.ts";

export const deliverMailTask: QueueTask = {
  queue: "mail",
  atOnce: 5,
  async handle({ id, data }) {
    try {
      await deliverMail(id, data);
      return undefined;
    } catch (error) {
      if (!isPermanent(error)) throw error;
      const { eventId, requestId, organizationId } = (
        data as { origin: { eventId: string; requestId: string; organizationId: string | null } }
      ).origin;
      const gaveUp = error instanceof Error ? error.message : String(error);
      await recordEvent({
        context: { ...systemContext("Mail delivery"), requestId },
        operation: "mail.deliver",
        outcome: "failed",
        summary: "The mail server refused a mail for good",
        organizationId,
        metadata: { causedBy: eventId, jobId: id, answer: gaveUp.slice(0, 300) },
      });
      return { gaveUp };
    }
  },
};

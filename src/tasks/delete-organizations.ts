import { whileClaimed } from "#server/claim.ts";
import { deleteSomeTelemetry, findDueDeletions, findDueReminders } from "#server/due-deletions.ts";
import { log } from "#server/log.ts";
import { runAsSystem } from "./run-as-system.ts";
import type { PeriodicTask } from "./task.ts";

const label = "Scheduled deletion";

/** Reminds owners of deletions, and carries out those whose day has come. Each is one worker's at a time. */
export const deleteOrganizationsTask: PeriodicTask = {
  name: "delete organizations",
  everySeconds: 10,
  async run() {
    await each(findDueReminders, async (id) => {
      await runAsSystem(label, "organization.remindOfDeletion", { targetId: id });
      return true;
    });
    await each(findDueDeletions, async (id) => {
      const { done } = await deleteSomeTelemetry(id);
      if (done) await runAsSystem(label, "organization.delete", { targetId: id });
      return done;
    });
  },
};

/** Where one fails, the others do not wait for it; it is found again in the next round. `work` says whether it is done. */
async function each(find: () => Promise<string[]>, work: (organizationId: string) => Promise<boolean>): Promise<void> {
  for (const id of await find()) {
    // Looked up again under the claim: another worker may have finished it just now.
    const step = () => whileClaimed(`deletion ${id}`, async () => !(await find()).includes(id) || work(id));
    try {
      let done = await step();
      while (done === false) done = await step();
    } catch (error) {
      log.error({ err: error, organizationId: id }, "a deletion could not be carried out");
    }
  }
}

import { formatTime } from "#lib/format-time.ts";
import { defineMail } from "./mail.ts";

type Data =
  | { stage: "scheduled" | "reminder"; organizationName: string; slug: string; dueAt: string }
  | { stage: "restored"; organizationName: string; slug: string }
  | { stage: "done"; organizationName: string; accountDeleted: boolean };

/** To the owners, from the first word about a deletion to the last. */
export const organizationDeletion = defineMail({
  name: "organizationDeletion",
  whileImpersonating: "suppress",
  write: (data: Data) => letter(data),
});

function letter(data: Data) {
  const { organizationName: name } = data;
  switch (data.stage) {
    case "scheduled":
    case "reminder":
      return {
        subject: data.stage === "scheduled" ? `${name} will be deleted` : `${name} will be deleted in a few days`,
        paragraphs: [
          `${name} and everything in it will be deleted at ${formatTime(new Date(data.dueAt))}.`,
          "Until then everything works as before, and any owner can restore it. Afterwards nothing brings it back.",
        ],
        action: { label: "See what is deleted, or restore it", path: `/o/${data.slug}/settings` },
      };
    case "restored":
      return {
        subject: `${name} will not be deleted`,
        paragraphs: [`The deletion of ${name} was called off. Nothing is lost.`],
        action: { label: "Open Countersign", path: `/o/${data.slug}/monitors` },
      };
    case "done":
      return {
        subject: `${name} was deleted`,
        paragraphs: [
          `${name} and everything in it was deleted, as announced.`,
          data.accountDeleted
            ? "You belonged to no other organization, so your account was deleted too."
            : "Your account stays: you belong to another organization.",
        ],
      };
  }
}

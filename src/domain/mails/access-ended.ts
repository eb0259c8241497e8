import { formatTime } from "#lib/format-time.ts";
import { plural } from "#lib/text.ts";
import { defineMail } from "./mail.ts";

type Data = {
  impersonationId: string;
  organizationName: string;
  slug: string;
  staffName: string;
  userName: string;
  /** Whether this goes to the person whose view it was. */
  asYou: boolean;
  startedAt: string;
  overAt: string;
  reason: string;
  ticket: string;
  couldWrite: boolean;
  /** Why it could, where that was asked for later. */
  writeReason: string | null;
  pagesOpened: number;
  /** The first of them, in words. */
  changes: string[];
  changeCount: number;
};

export const accessEnded = defineMail({
  name: "accessEnded",
  whileImpersonating: "allow",
  write: (data: Data) => {
    const { organizationName, slug, staffName, userName, asYou, reason, ticket, couldWrite, pagesOpened } = data;
    const [from, to] = [new Date(data.startedAt), new Date(data.overAt)];
    const minutes = Math.max(1, Math.ceil((to.getTime() - from.getTime()) / 60_000));
    return {
      subject: `Our support viewed ${organizationName}`,
      paragraphs: [
        `${staffName} of our support viewed ${organizationName} as ${asYou ? "you" : userName}, from ${formatTime(from)} for ${plural(minutes, "minute")}.`,
        `Reason: ${reason}`,
        `Ticket: ${ticket}`,
        `${couldWrite ? "It could change data" : "It was read-only"}. ${plural(pagesOpened, "page")} ${pagesOpened === 1 ? "was" : "were"} opened.`,
        ...(data.writeReason ? [`Why it could: ${data.writeReason}`] : []),
        ...describeChanges(data),
        "The list of everything that was opened, and the choice whether our support may look at all, is on the page Support access.",
      ],
      action: { label: "See this access", path: `/o/${slug}/support-access/${data.impersonationId}` },
    };
  },
});

function describeChanges({ changes, changeCount }: Data): string[] {
  if (changeCount === 0) return ["Nothing was changed."];
  const further = changeCount - changes.length;
  return [`Changed: ${changes.join("; ")}${further > 0 ? `; and ${further} more` : ""}.`];
}

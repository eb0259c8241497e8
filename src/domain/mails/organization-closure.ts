import { defineMail } from "./mail.ts";

type Change = "suspended" | "unsuspended" | "deactivated" | "reactivated";
type Data = { organizationName: string; change: Change };

const closed = "Nobody can use it, and pings of its monitors are refused. Nothing is lost.";
const open = "Its people can use it again, and pings of its monitors are taken.";
const paragraphs: Record<Change, string[]> = {
  suspended: [closed, "Answer this mail or contact support to find out more."],
  unsuspended: [open],
  deactivated: [closed, "Contact support to open it again."],
  reactivated: [open],
};

/** To the owners, when their organization is closed or opened again. */
export const organizationClosure = defineMail({
  name: "organizationClosure",
  whileImpersonating: "suppress",
  write: ({ organizationName, change }: Data) => ({
    subject: change === "unsuspended" ? `${organizationName} is no longer suspended` : `${organizationName} was ${change}`,
    paragraphs: paragraphs[change],
    ...(paragraphs[change].includes(open) && { action: { label: "Open Countersign", path: "/" } }),
  }),
});

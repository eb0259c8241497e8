import { aRole } from "../memberships.ts";
import { defineMail } from "./mail.ts";

type Data = { organizationName: string; invitedBy: string; role: "owner" | "admin" | "member"; invitationId: string };

export const invitation = defineMail({
  name: "invitation",
  whileImpersonating: "suppress",
  write: (data: Data, links) => ({
    subject: `Your invitation to ${data.organizationName}`,
    paragraphs: [
      `${data.invitedBy} invites you to ${data.organizationName} as ${aRole(data.role)}.`,
      "Countersign watches scheduled jobs and says when one did not run.",
      "The link works once and for seven days. If you do not know what this is about, do nothing: you will not be asked again.",
    ],
    action: { label: "See the invitation", path: links.withSecret("/invitations/accept", data.invitationId) },
  }),
});

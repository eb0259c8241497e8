import { defineMail } from "./mail.ts";

type Data = { organizationName: string; slug: string; staffName: string; userName: string; reason: string; ticket: string };

export const accessRequested = defineMail({
  name: "accessRequested",
  whileImpersonating: "allow",
  write: ({ organizationName, slug, staffName, userName, reason, ticket }: Data) => ({
    subject: `Our support asks to view ${organizationName}`,
    paragraphs: [
      `${staffName} of our support asks to view ${organizationName} as ${userName}, because you chose to be asked first.`,
      `Reason: ${reason}`,
      `Ticket: ${ticket}`,
      "If you do nothing, nobody gets in. The request ends after a day.",
    ],
    action: { label: "Allow or refuse", path: `/o/${slug}/support-access` },
  }),
});

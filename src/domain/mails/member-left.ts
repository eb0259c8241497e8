import { defineMail } from "./mail.ts";

export const memberLeft = defineMail({
  name: "memberLeft",
  whileImpersonating: "suppress",
  write: (data: { organizationName: string; slug: string; personName: string }) => ({
    subject: `${data.personName} left ${data.organizationName}`,
    paragraphs: [`${data.personName} left ${data.organizationName}. They see nothing of it any more, and their seat is free.`],
    action: { label: "See the members", path: `/o/${data.slug}/members` },
  }),
});

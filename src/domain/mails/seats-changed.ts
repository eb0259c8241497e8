import { defineMail } from "./mail.ts";

export const seatsChanged = defineMail({
  name: "seatsChanged",
  whileImpersonating: "suppress",
  write: (data: { organizationName: string; slug: string; sentences: string[] }) => ({
    subject: `The seats of ${data.organizationName} have changed`,
    paragraphs: data.sentences,
    action: { label: "See the members", path: `/o/${data.slug}/members` },
  }),
});

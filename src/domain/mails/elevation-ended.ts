import { defineMail } from "./mail.ts";

export const elevationEnded = defineMail({
  name: "elevationEnded",
  whileImpersonating: "suppress",
  write: (data: { organizationName: string; role: string }) => ({
    subject: `You are ${data.role} of ${data.organizationName} again`,
    paragraphs: [`The higher role that was lent to you in ${data.organizationName} has ended. You are ${data.role} again.`],
  }),
});

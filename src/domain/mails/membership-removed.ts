import { defineMail } from "./mail.ts";

export const membershipRemoved = defineMail({
  name: "membershipRemoved",
  whileImpersonating: "suppress",
  write: (data: { organizationName: string }) => ({
    subject: `You were removed from ${data.organizationName}`,
    paragraphs: [
      `You are not in ${data.organizationName} any more, and its monitors are no longer shown to you.`,
      "Your account stays as it is. If this is a mistake, ask an owner of the organization to invite you again.",
    ],
  }),
});

import { defineMail } from "./mail.ts";

export const emailChanged = defineMail({
  name: "emailChanged",
  whileImpersonating: "suppress",
  write: (data: { byStaff: boolean; toOld: boolean }) => ({
    subject: "The address of your account was changed",
    paragraphs: [
      `${data.byStaff ? "Our staff" : "You, or somebody signed in as you,"} changed the e-mail address of your account. ${
        data.toOld ? "This one does not sign you in any more." : "This one signs you in from now on."
      }`,
      "If you did not expect that, answer to this mail at once.",
    ],
  }),
});

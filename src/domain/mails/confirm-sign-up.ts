import { defineMail } from "./mail.ts";

export const confirmSignUp = defineMail({
  name: "confirmSignUp",
  whileImpersonating: "suppress",
  urgent: true,
  write: (data: { signUpId: string }, { withSecret }) => ({
    subject: "Confirm your address",
    paragraphs: [
      "Somebody, most likely you, wants to sign up at Countersign with this address.",
      "The link is good for a day. If it was not you, do nothing: without it there is no account.",
    ],
    action: { label: "Confirm my address", path: withSecret("/sign-up/confirm", data.signUpId) },
  }),
});

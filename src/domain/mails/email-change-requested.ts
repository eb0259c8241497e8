import { defineMail } from "./mail.ts";

export const emailChangeRequested = defineMail({
  name: "emailChangeRequested",
  whileImpersonating: "suppress",
  write: (_data: Record<string, never>) => ({
    subject: "Your account is about to get another address",
    paragraphs: [
      "Somebody who is signed in as you asked to use another e-mail address for your account. It changes when that one is confirmed.",
      "If it was not you, change your password at once: that ends all other sessions and stops the change.",
    ],
    action: { label: "See your account’s security", path: "/security" },
  }),
});

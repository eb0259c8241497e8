import { defineMail } from "./mail.ts";

export const confirmEmail = defineMail({
  name: "confirmEmail",
  whileImpersonating: "suppress",
  urgent: true,
  write: (data: { tokenId: string }, { withSecret }) => ({
    subject: "Confirm your new address",
    paragraphs: [
      "This is to become the address of an account at Countersign. Confirm that you get mail here.",
      "The link is good for an hour, once. If it was not you who asked for it, do nothing.",
    ],
    action: { label: "Confirm this address", path: withSecret("/confirm-email", data.tokenId) },
  }),
});

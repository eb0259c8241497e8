import { defineMail } from "./mail.ts";

export const resetPassword = defineMail({
  name: "resetPassword",
  whileImpersonating: "suppress",
  urgent: true,
  write: (data: { tokenId: string; byStaff: boolean }, { withSecret }) => ({
    subject: "Set a new password",
    paragraphs: [
      data.byStaff
        ? "Our support staff sent you this link, with which you set a new password."
        : "Somebody, most likely you, asked for a link with which you set a new password.",
      "It is good for an hour, once. If you did not expect it, do nothing: your password stays as it is.",
    ],
    action: { label: "Set a new password", path: withSecret("/reset-password", data.tokenId) },
  }),
});

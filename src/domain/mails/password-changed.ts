import { defineMail } from "./mail.ts";

export const passwordChanged = defineMail({
  name: "passwordChanged",
  whileImpersonating: "suppress",
  write: (_data: Record<string, never>) => ({
    subject: "Your password was changed",
    paragraphs: [
      "The password of your account was changed just now, and its other sessions have ended.",
      "If it was not you, set a new one at once.",
    ],
    action: { label: "Set a new password", path: "/forgot-password" },
  }),
});

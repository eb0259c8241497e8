import { plural } from "#lib/text.ts";
import { defineMail } from "./mail.ts";

export const recoveryCodeUsed = defineMail({
  name: "recoveryCodeUsed",
  whileImpersonating: "suppress",
  write: ({ left }: { left: number }) => ({
    subject: "A recovery code was used",
    paragraphs: [
      `Somebody signed in to your account with a recovery code instead of a code from the app. ${left === 0 ? "None is left" : `${plural(left, "code")} left`}.`,
      "If it was not you, change your password at once.",
    ],
    action: { label: "See your account’s security", path: "/security" },
  }),
});

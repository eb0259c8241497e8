import { defineMail } from "./mail.ts";

const words = {
  enabled: ["The second factor is on", "From now on, signing in to your account also takes a code from your authenticator app."],
  disabled: ["The second factor is off", "From now on, your password alone signs you in to your account."],
  reset: [
    "Our staff took away your second factor",
    "From now on, your password alone signs you in. Your sessions have ended. Set up a new second factor soon.",
  ],
  recoveryCodes: ["You have new recovery codes", "The recovery codes of your account were replaced; the former ones do not work any more."],
} as const;

export const twoFactorChanged = defineMail({
  name: "twoFactorChanged",
  whileImpersonating: "suppress",
  write: ({ change }: { change: keyof typeof words }) => ({
    subject: words[change][0],
    paragraphs: [words[change][1], "If you did not expect that, change your password at once."],
    action: { label: "See your account’s security", path: "/security" },
  }),
});

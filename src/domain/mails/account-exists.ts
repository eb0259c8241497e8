import { defineMail } from "./mail.ts";

export const accountExists = defineMail({
  name: "accountExists",
  whileImpersonating: "suppress",
  write: (_data: Record<string, never>) => ({
    subject: "You have an account already",
    paragraphs: [
      "Somebody, most likely you, wanted to sign up at Countersign with this address. It has an account already, and nothing was changed.",
      "Sign in with your password. If you do not remember it, choose “Forgot your password?” there.",
    ],
    action: { label: "Sign in", path: "/sign-in" },
  }),
});

import { defineMail } from "./mail.ts";

export const lockoutCleared = defineMail({
  name: "lockoutCleared",
  whileImpersonating: "suppress",
  write: (_data: Record<string, never>) => ({
    subject: "You can sign in again",
    paragraphs: [
      "After too many failed attempts, signing in to your account was blocked for a while. Our staff have just lifted that.",
      "If those attempts were not yours, consider a second factor: you set it up on the security page.",
    ],
    action: { label: "Sign in", path: "/sign-in" },
  }),
});

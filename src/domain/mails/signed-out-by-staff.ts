import { defineMail } from "./mail.ts";

export const signedOutByStaff = defineMail({
  name: "signedOutByStaff",
  whileImpersonating: "suppress",
  write: ({ everywhere }: { everywhere: boolean }) => ({
    subject: everywhere ? "Our staff signed you out everywhere" : "Our staff signed you out on one device",
    paragraphs: ["Nothing else was changed. Sign in again as ever; if you wonder why, answer to this mail."],
    action: { label: "Sign in", path: "/sign-in" },
  }),
});

import { defineMail } from "./mail.ts";

export const addressInUse = defineMail({
  name: "addressInUse",
  whileImpersonating: "suppress",
  write: (_data: Record<string, never>) => ({
    subject: "Somebody tried to use your address",
    paragraphs: [
      "Somebody asked to use this e-mail address for another account at Countersign. It is yours, so nothing was changed.",
      "There is nothing that you have to do.",
    ],
  }),
});

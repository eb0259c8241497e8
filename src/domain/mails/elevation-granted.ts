import { formatTime } from "#lib/format-time.ts";
import { defineMail } from "./mail.ts";
import { rightsOf } from "./role-words.ts";

export const elevationGranted = defineMail({
  name: "elevationGranted",
  whileImpersonating: "suppress",
  write: (data: { organizationName: string; role: "owner" | "admin" | "member"; until: string; afterwards: string }) => ({
    subject: `You are ${data.role} of ${data.organizationName} for a while`,
    paragraphs: [
      `Until ${formatTime(new Date(data.until))} you are ${data.role} of ${data.organizationName}. ${rightsOf(data.role)}`,
      `After that you are ${data.afterwards} again. Nobody has to do anything for it.`,
    ],
    action: { label: "Open Countersign", path: "/" },
  }),
});

import { formatDay } from "#lib/format-time.ts";
import { defineMail } from "./mail.ts";

export const trialExtended = defineMail({
  name: "trialExtended",
  whileImpersonating: "tag",
  write: (data: { organizationName: string; trialEndsAt: string }) => ({
    subject: "Your trial was extended",
    paragraphs: [`The trial of ${data.organizationName} now ends on ${formatDay(new Date(data.trialEndsAt))}.`],
    action: { label: "Open Countersign", path: "/" },
  }),
});

import { formatDay } from "#lib/format-time.ts";
import { defineMail } from "./mail.ts";

/** To the owners, when pings are deleted before their time. */
export const historyPurged = defineMail({
  name: "historyPurged",
  whileImpersonating: "suppress",
  write: (data: { organizationName: string; before: string }) => ({
    subject: `Old history of ${data.organizationName} was deleted`,
    paragraphs: [
      `The pings of ${data.organizationName} from before ${formatDay(new Date(data.before))} were deleted for good.`,
      "Monitors and later pings stay. If nobody of you asked for this, contact support.",
    ],
  }),
});

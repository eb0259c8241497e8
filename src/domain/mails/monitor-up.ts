import { formatTime } from "#lib/format-time.ts";
import { defineMail } from "./mail.ts";

type Data = { monitorName: string; organizationName: string; since: string; downSince: string; path: string };

export const monitorUp = defineMail({
  name: "monitorUp",
  whileImpersonating: "allow",
  write: ({ monitorName, organizationName, since, downSince, path }: Data) => ({
    subject: `${monitorName} is up again`,
    paragraphs: [
      `The monitor ${monitorName} of ${organizationName} is up again since ${formatTime(new Date(since))}. It had been down since ${formatTime(new Date(downSince))}.`,
    ],
    action: { label: "Open the monitor", path },
  }),
});

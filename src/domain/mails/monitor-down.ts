import { formatTime } from "#lib/format-time.ts";
import { defineMail } from "./mail.ts";

type Data = {
  monitorName: string;
  organizationName: string;
  since: string;
  why: "failed" | "unfinished" | "silent";
  path: string;
};

export const monitorDown = defineMail({
  name: "monitorDown",
  whileImpersonating: "allow",
  write: ({ monitorName, organizationName, since, why, path }: Data) => ({
    subject: `${monitorName} is down`,
    paragraphs: [
      `The monitor ${monitorName} of ${organizationName} has been down since ${formatTime(new Date(since))}.`,
      {
        failed: "Its job said that it failed.",
        unfinished: "Its job said that it started, and did not finish within the grace.",
        silent: "No ping came by the time it was expected, nor within the grace.",
      }[why],
    ],
    action: { label: "Open the monitor", path },
  }),
});

import { formatDay } from "#lib/format-time.ts";
import { defineMail } from "./mail.ts";

export const exportReady = defineMail({
  name: "exportReady",
  whileImpersonating: "suppress",
  write: (data: { organizationName: string; slug: string; sha256: string; expiresAt: string }) => ({
    subject: "Your data export is ready",
    paragraphs: [
      `The data of ${data.organizationName} is ready. Its owners can download it until ${formatDay(new Date(data.expiresAt))}, after signing in.`,
      `SHA-256 of the file: ${data.sha256}`,
    ],
    action: { label: "Download the export", path: `/o/${data.slug}/export` },
  }),
});

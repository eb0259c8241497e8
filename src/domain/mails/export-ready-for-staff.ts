import { exportHoursForStaff } from "../export-scopes.ts";
import { defineMail } from "./mail.ts";

type Data = { organizationId: string; organizationName: string; sha256: string };

/** To the member of the staff who asked for it. */
export const exportReadyForStaff = defineMail({
  name: "exportReadyForStaff",
  whileImpersonating: "allow",
  write: ({ organizationId, organizationName, sha256 }: Data) => ({
    subject: `The data export of ${organizationName} is ready`,
    paragraphs: [
      `You asked for the data of ${organizationName}. You can download it for ${exportHoursForStaff} hours; the download is recorded.`,
      `SHA-256 of the file: ${sha256}`,
    ],
    action: { label: "Download the export", path: `/admin/organizations/${organizationId}/exports` },
  }),
});

import { defineMail } from "./mail.ts";
import { rightsOf } from "./role-words.ts";

export const roleChanged = defineMail({
  name: "roleChanged",
  whileImpersonating: "suppress",
  write: (data: { organizationName: string; role: "owner" | "admin" | "member" }) => ({
    subject: `You are now ${data.role} of ${data.organizationName}`,
    paragraphs: [`Your role in ${data.organizationName} was changed: you are ${data.role} now.`, rightsOf(data.role)],
    action: { label: "Open Countersign", path: "/" },
  }),
});

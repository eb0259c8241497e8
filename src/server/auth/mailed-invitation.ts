import type { OrganizationRole } from "#generated/prisma/enums.ts";
import { reader } from "../db.ts";
import { AppError } from "../errors.ts";
import { closedBecause } from "../invitations.ts";
import { targets } from "../targets.ts";
import { findPersonByEmail } from "./find-person.ts";
import type { MailedLink } from "./mailed-link.ts";
import { readMailedSecret } from "./mailed-secret.ts";

export type MailedInvitation = {
  id: string;
  email: string;
  role: OrganizationRole;
  organizationName: string;
  invitedByLabel: string;
  /** Whether this address has an account to sign in with. */
  hasAccount: boolean;
};

/** The invitation that a mailed link is for, while it is open. Throws NOT_FOUND or EXPIRED, in words; looking changes nothing. */
export async function getMailedInvitation(token: string): Promise<MailedInvitation> {
  const id = readMailedSecret(token);
  const found = id?.startsWith("ivt_") ? await targets.Invitation.find(reader(), { id }) : null;
  if (!found) throw new AppError("NOT_FOUND", { userMessage: "This link is not whole. Open it from the mail, or copy all of it." });
  const closed = closedBecause(found);
  if (closed) throw new AppError("EXPIRED", { userMessage: closed });
  const { email, role, organization } = found;
  const [person, more] = await Promise.all([
    findPersonByEmail(email),
    reader().invitation.findUniqueOrThrow({ where: { id: found.id }, select: { invitedByLabel: true } }),
  ]);
  const hasAccount = Boolean(person?.passwordHash);
  return { id: found.id, email, role, organizationName: organization.name, hasAccount, ...more };
}

/** Who holds the link, for `bearerContext`: there is no user yet. */
export function invitedBearer({ id, email }: MailedInvitation): Pick<MailedLink, "user"> {
  return { user: { id, name: "Invited person", email } };
}

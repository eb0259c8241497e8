import type { Transaction } from "./db.ts";
import type { Recipient } from "./effects/mail.ts";

/** Whom to write to about an organization. */
export async function ownersOf(db: Transaction, organizationId: string): Promise<Recipient[]> {
  const owners = await db.membership.findMany({
    where: { organizationId, role: "owner" },
    select: { user: { select: { email: true, name: true } } },
    orderBy: { id: "asc" },
  });
  return owners.map(({ user }) => user);
}

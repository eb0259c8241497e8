import { Prisma } from "#generated/prisma/client.ts";

/** The role of a membership (Membership as p) that counts now, by the database's clock: a lent one until its time has passed. */
export const effectiveRoleOf = Prisma.sql`(CASE WHEN p."elevatedUntil" > now() THEN coalesce(p."elevatedRole", p."role") ELSE p."role" END)`;

import { reader } from "../db.ts";

/** What to tell somebody all of whose organizations are suspended; null for everybody else. */
export async function findSuspension(userId: string): Promise<string | null> {
  const memberships = await reader().membership.findMany({
    where: { userId },
    select: { organization: { select: { name: true, suspension: { select: { id: true } } } } },
    relationLoadStrategy: "join",
  });
  const names = memberships.map(({ organization }) => organization.name);
  const suspended = memberships.filter(({ organization }) => organization.suspension);
  return suspended.length > 0 && suspended.length === names.length ? suspensionSentence(names) : null;
}

/** The same sentence wherever somebody meets a suspension. */
export function suspensionSentence(names: readonly string[]): string {
  const list = new Intl.ListFormat("en-GB").format(names);
  return `${list} ${names.length === 1 ? "is" : "are"} suspended. Nothing is lost; contact support to find out more.`;
}

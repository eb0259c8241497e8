import { z } from "zod";
import type { StaffRole } from "#generated/prisma/enums.ts";
import { formatDay } from "#lib/format-time.ts";
import { plural } from "#lib/text.ts";

export type SeatUse = {
  /** What the subscription pays for. */
  licensed: number;
  /** What is lent on top of it. */
  lent: number;
  lentUntil: Date | null;
  members: number;
  /** Invitations that wait for an answer. */
  invited: number;
};

/** Each person takes a seat, and so does each invitation that waits for an answer. */
export function seatsUsed({ members, invited }: SeatUse): number {
  return members + invited;
}

/** "3 members and 1 invitation". */
export function describeUse({ members, invited }: SeatUse): string {
  return [plural(members, "member"), ...(invited > 0 ? [plural(invited, "open invitation")] : [])].join(" and ");
}

export function noFreeSeat(organizationName: string, seats: SeatUse): string {
  const total = plural(seats.licensed + seats.lent, "seat");
  return `${organizationName} has ${total}, and ${describeUse(seats)} take them. Revoke an invitation, remove somebody, or get more seats.`;
}

/** As many as somebody may enter; its title belongs to where it is used. */
export const seatCount = z.int("Enter a whole number of seats.").min(1, "At least 1 seat.").max(10_000, "At most 10,000 seats.");

const mostAtOnce = 50;

type Added = { before: number; after: number; plan: { name: string; seats: number }; roles: readonly StaffRole[] };

/** Why so many added seats need a second person; null where they do not. More than the plan has are an exception. */
export function manySeats({ before, after, plan, roles }: Added): string | null {
  if (after > before && after > plan.seats) return `The ${plan.name} plan has ${plural(plan.seats, "seat")}.`;
  return after - before > mostAtOnce && !roles.includes("operations")
    ? `You may add at most ${plural(mostAtOnce, "seat")} at once. Operations may add more.`
    : null;
}

/** What more people than seats means, and what to do; null where there are enough. */
export function describeOverage(organizationName: string, seats: SeatUse): string | null {
  const over = seatsUsed(seats) - seats.licensed - seats.lent;
  if (over <= 0) return null;
  return `${organizationName} uses ${plural(over, "seat")} more than it has. Everybody keeps their access, but nobody can be invited until people are removed, invitations are revoked, or seats are added.`;
}

/** "5 licensed", "5 licensed and 3 lent until 4 Dec 2026". */
export function describeSeats({ licensed, lent, lentUntil }: SeatUse): string {
  return lent > 0 && lentUntil ? `${licensed} licensed and ${lent} lent until ${formatDay(lentUntil)}` : `${licensed} licensed`;
}

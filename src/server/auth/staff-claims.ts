import { z } from "zod";
import { text } from "#lib/text.ts";

export const staffGroup = "countersign-staff";

const claimsSchema = z.object({
  iss: text(),
  sub: text(),
  email: text({ max: 254 }).toLowerCase(),
  name: text(),
  groups: z.array(z.string()).default([]),
  amr: z.array(z.string()).default([]),
  auth_time: z.int().positive(),
});

/** What the identity provider says about a person. */
export type StaffClaims = z.output<typeof claimsSchema>;
export type StaffRefusal = "group" | "mfa";

/** The ID token's claims; throws where one that is needed is missing. */
export function readStaffClaims(claims: unknown): StaffClaims {
  return claimsSchema.parse(claims);
}

/** Why this person may not come in, or null. */
export function findStaffRefusal({ groups, amr }: StaffClaims): StaffRefusal | null {
  if (!groups.includes(staffGroup)) return "group";
  return amr.includes("mfa") ? null : "mfa";
}

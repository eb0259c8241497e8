const rights = {
  member: "As a member you create and edit monitors.",
  admin: "As an admin you also delete monitors, invite and remove people, and see the billing.",
  owner: "As an owner you decide everything in the organization, who its people are included.",
} as const;

/** What a role in an organization allows, for the person who has it. */
export function rightsOf(role: keyof typeof rights): string {
  return rights[role];
}

import type { OrganizationRole } from "#generated/prisma/enums.ts";
import { customers } from "./world/customers.ts";
import { people } from "./world/people.ts";
import { trials } from "./world/trials.ts";
import type { Person, WorldOrganization } from "./world/types.ts";

export { people } from "./world/people.ts";
export { plans } from "./world/plans.ts";

/** Every customer of the demo world signs in with this. */
export const demoPassword = "correct horse battery";

/** The customers of the demo world, the same for development and end-to-end tests. */
export const organizations = { ...trials, ...customers };

export type DemoSignIn = Person & { role: OrganizationRole; organization: string; password: string; suspended: boolean };

/** Customers worth signing in as. */
export const demoSignIns: DemoSignIn[] = [
  signIn(people.adaMarlow, "owner", organizations.northwindLabs),
  signIn(people.ninaCastellanos, "member", organizations.northwindLabs),
  signIn(people.amaraOkonkwo, "admin", organizations.okonkwoLogistics),
  signIn(people.tomasRivera, "member", organizations.northwindLabs),
  signIn(people.arjunVenkataraman, "owner", organizations.tamarindHealth),
];

function signIn(person: Person, role: OrganizationRole, { name, suspension }: Pick<WorldOrganization, "name" | "suspension">): DemoSignIn {
  return { ...person, role, organization: name, password: demoPassword, suspended: suspension !== undefined };
}

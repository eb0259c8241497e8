export type DemoPerson = { sub: string; name: string; email: string; job: string; groups: string[]; amr: string[] };

const withSecondFactor = ["pwd", "mfa"];
const passwordOnly = ["pwd"];

/** The people who can sign in at the demo identity provider: one for each role, seconds for two-person approvals, two who must be refused. */
export const demoStaff: DemoPerson[] = [
  staff("Vera Lindqvist", "viewer"),
  staff("Sam Okafor", "support"),
  staff("Sofia Marques", "support"),
  staff("Bianca Rossi", "billing"),
  staff("Omar Haddad", "operations"),
  staff("Elena Petrova", "engineering"),
  staff("Ada Nakamura", "admin"),
  staff("Anton Weber", "admin"),
  { ...person("Nils Berg"), job: "support, without a second factor", groups: groupsOf("support"), amr: passwordOnly },
  { ...person("Carlos Mendes"), job: "contractor, not in the staff group", groups: ["contractors"], amr: withSecondFactor },
];

function staff(name: string, role: string): DemoPerson {
  return { ...person(name), job: role, groups: groupsOf(role), amr: withSecondFactor };
}

function person(name: string) {
  const firstName = name.split(" ", 1).join().toLowerCase();
  return { sub: `demo-${firstName}`, name, email: `${firstName}@countersign.example` };
}

function groupsOf(role: string) {
  return ["countersign-staff", `countersign-${role}`];
}

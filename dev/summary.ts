import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type DemoPerson, demoStaff } from "./demo-staff.ts";
import type { Surroundings } from "./up.ts";

type Line = [label: string, text: string];
type DemoSignIn = { email: string; password: string; role: string; organization: string; lockedOut?: boolean; suspended?: boolean };

/** What a person who just started Countersign wants to know, in one block. */
export async function describeRunning({ settings, embedded, identityProvider, mailboxUrl, stripeUrl, environment }: Surroundings) {
  const lines: Line[] = [
    ["Product", settings.appUrl],
    ...(settings.demoData ? await describeDemoCustomers() : []),
    ["Staff area", `${settings.staffUrl}/admin`],
    ...(embedded.identityProvider
      ? demoStaff.map((person, index): Line => [index === 0 ? "  sign in as" : "", describeDemoPerson(person)])
      : []),
    ["Identity provider", embedded.identityProvider ? `${identityProvider} (a stand-in: it asks for no password)` : identityProvider],
    mailboxUrl ? ["Mailbox", `${mailboxUrl} (all mail ends there)`] : ["Mail server", new URL(environment.SMTP_URL ?? "").host],
    stripeUrl
      ? ["Stripe", `${stripeUrl} (a stand-in: no money moves)`]
      : ["Stripe", new URL(environment.STRIPE_API_BASE || "https://api.stripe.com").host],
    [
      "Database",
      embedded.database ? `embedded PostgreSQL, 127.0.0.1:${settings.postgresPort}` : new URL(environment.DATABASE_URL ?? "").host,
    ],
    ["Data", `${settings.dataDir} (npm run reset clears it)`],
    ...(settings.workerProcesses === 0 ? [["Workers", "none here, for WORKER_PROCESSES is 0"] satisfies Line] : []),
  ];
  const block = lines.map(([label, text]) => `  ${label.padEnd(18)} ${text}`).join("\n");
  return `\nCountersign is running.\n\n${block}\n\nCtrl-C stops everything.\n`;
}

function describeDemoPerson({ name, job, groups, amr }: DemoPerson) {
  const mayComeIn = groups.includes("countersign-staff") && amr.includes("mfa");
  return `${name} (${job}${mayComeIn ? "" : ": is refused"})`;
}

async function describeDemoCustomers(): Promise<Line[]> {
  const file = join(import.meta.dirname, "..", "prisma", "world.ts");
  if (!existsSync(file)) return [];
  const { demoSignIns = [] }: { demoSignIns?: DemoSignIn[] } = await import(pathToFileURL(file).href);
  return demoSignIns.map(({ email, password, role, organization, lockedOut, suspended }, index): Line => {
    const who = `${role}${lockedOut ? ", locked out" : ""}, ${organization}${suspended ? ", which is suspended" : ""}`;
    return [index === 0 ? "  sign in as" : "", `${email}  ${password}  (${who})`];
  });
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { demoStaff } from "./demo-staff.ts";
import type { Surroundings } from "./up.ts";

type Line = [label: string, text: string];

/** What a person who just started Countersign wants to know, in one block. */
export async function describeRunning({ settings, embedded, identityProvider, environment }: Surroundings) {
  const lines: Line[] = [
    ["Product", settings.appUrl],
    ...(settings.demoData ? await describeDemoCustomers() : []),
    ["Staff area", `${settings.appUrl}/admin`],
    ...(embedded.identityProvider
      ? demoStaff.map(({ name, job }, index): Line => [index === 0 ? "  sign in as" : "", `${name} (${job})`])
      : []),
    ["Identity provider", embedded.identityProvider ? `${identityProvider} (demo)` : identityProvider],
    [
      "Database",
      embedded.database ? `embedded PostgreSQL, 127.0.0.1:${settings.postgresPort}` : new URL(environment.DATABASE_URL ?? "").host,
    ],
    ["Data", settings.dataDir],
  ];
  const block = lines.map(([label, text]) => `  ${label.padEnd(18)} ${text}`).join("\n");
  return `\nCountersign is running.\n\n${block}\n\nCtrl-C stops everything.\n`;
}

async function describeDemoCustomers(): Promise<Line[]> {
  const file = join(import.meta.dirname, "..", "prisma", "world.ts");
  if (!existsSync(file)) return [];
  const { demoSignIns = [] } = await import(pathToFileURL(file).href);
  return demoSignIns.map((signIn: unknown, index: number): Line => [index === 0 ? "  sign in as" : "", describeSignIn(signIn)]);
}

function describeSignIn(signIn: unknown) {
  if (typeof signIn !== "object" || signIn === null) return String(signIn);
  const { email, password, ...rest } = signIn as Record<string, unknown>;
  const remarks = Object.values(rest).filter((value) => typeof value === "string");
  return `${email}, password ${password}${remarks.length > 0 ? ` (${remarks.join(", ")})` : ""}`;
}

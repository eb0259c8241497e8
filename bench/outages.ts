import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { disconnect } from "#server/db.ts";
import { stopSender } from "#server/jobs/boss.ts";
import { ensurePlans } from "#testing/fixtures.ts";
import { type Outcome, refundsInOutage } from "#testing/outages/refunds-in-outage.ts";
import { type Course, courses } from "#testing/outages/surroundings.ts";
import { startTestStripe } from "#testing/stripe.ts";
import { startMailServer } from "../dev/mail.ts";
import { findFreePort } from "../dev/ports.ts";
import type { DatabaseUrls } from "../dev/provision.ts";
import { withThrowawayDatabase } from "../dev/throwaway-database.ts";
import { migrate } from "../prisma/migrate.ts";
import { bareEnvironment } from "./bare-environment.ts";

const usage = `npm run bench:outages -- [options]
  --seconds <n>      how long each thing is away (60)
  --rate <n>         refunds that are asked for each second meanwhile, and five seconds before (4)
  --course <name>    only this one: ${Object.keys(courses).join(", ")}
  --seed <n>         other amounts (1)
  --output <file>    write the result as Markdown too`;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    rate: { type: "string", default: "4" },
    course: { type: "string" },
    seed: { type: "string", default: "1" },
    output: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const header = [
  "| away | asked | refused at first | done, told as unknown | told wrongly | lost | doubled | unaudited | other sums | mails wanted | sent | again | longest wait, s | drained after, s | restarts | load |",
  `|${" --- |".repeat(16)}`,
].join("\n");

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
if (values.help) console.log(usage);
else await withThrowawayDatabase(tryAll);

async function tryAll(databaseUrls: DatabaseUrls): Promise<void> {
  await migrate(databaseUrls.ownerUrl);
  Object.assign(process.env, bareEnvironment(databaseUrls));
  const stripe = await startTestStripe();
  const dataDir = mkdtempSync(join(tmpdir(), "countersign-outages-"));
  const lines: string[] = [];
  try {
    await ensurePlans();
    for (const course of Object.keys(courses) as Course[]) {
      if (values.course && values.course !== course) continue;
      // A mailbox for each, because it keeps the newest thousand mails.
      const mail = await startMailServer({ smtpPort: await findFreePort(), webPort: await findFreePort(), dataDir: join(dataDir, course) });
      const outcome = await refundsInOutage({
        courses: [{ course, seconds: Number(values.seconds) }],
        secondsBetween: 5,
        perSecond: Number(values.rate),
        seed: Number(values.seed),
        fault: "none",
        stripe,
        mail,
        databaseUrls,
        tell: (text) => console.log(`${course}: ${text}`),
      }).finally(() => mail.stop());
      lines.push(line(course, outcome));
      console.log([header, ...lines].join("\n"));
      if (isBad(outcome)) process.exitCode = 1;
      if (values.output)
        writeFileSync(values.output, `${[header, ...lines].join("\n")}\n\n${values.seconds} seconds, seed ${values.seed}.\n`);
    }
  } finally {
    await stripe.stop();
    await stopSender();
    await disconnect();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function line(course: Course, { asked, refused, doneWithoutAnswer, contradicted, mails, ...found }: Outcome): string {
  const told = Object.entries(refused).map(([code, count]) => `${count} ${code}`);
  const cells = [course, asked, told.join(", ") || "none", doneWithoutAnswer, contradicted];
  const counts = [found.lost, [...found.doubled, ...found.strange], found.unaudited, found.differing].map(({ length }) => length);
  const times = [found.longestWait.toFixed(1), found.secondsToDrain.toFixed(1), found.restarts, loadavg()[0]?.toFixed(1)];
  return `| ${[...cells, ...counts, mails.wanted, mails.sent, mails.again, ...times].join(" | ")} |`;
}

/** Anything that was lost, done twice or told as something else, and a process that did not get over it. */
function isBad({ lost, doubled, strange, unaudited, differing, contradicted, mails, restarts, refused }: Outcome): boolean {
  const unclear = Object.keys(refused).filter((code) => code === "INTERNAL" || code === "died");
  return (
    [lost, doubled, strange, unaudited, differing, mails.wrong, unclear].some(({ length }) => length > 0) ||
    contradicted !== 0 ||
    restarts > 0
  );
}

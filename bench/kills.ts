import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { disconnect } from "#server/db.ts";
import { stopSender } from "#server/jobs/boss.ts";
import { ensurePlans } from "#testing/fixtures.ts";
import { type Outcome, refundsUnderKills } from "#testing/kills/refunds-under-kills.ts";
import type { PlantedFault } from "#testing/refunds/protocol.ts";
import { startTestStripe } from "#testing/stripe.ts";
import { withThrowawayDatabase } from "../dev/throwaway-database.ts";
import { migrate } from "../prisma/migrate.ts";
import { bareEnvironment } from "./bare-environment.ts";
import { loads } from "./loads.ts";

const usage = `npm run bench:kills -- [options]
  --refunds <n>       refunds that are asked for (2000)
  --kills <n>         processes that are killed meanwhile (200)
  --lost <share>      answers of Stripe that are lost after it did what was asked (0.03)
  --seed <n>          another course of events (1)
  --without-planted   leaves out the two variants with a planted fault, which come first and are a tenth as large
  --output <file>     write the result as Markdown too`;

const { values } = parseArgs({
  options: {
    refunds: { type: "string", default: "2000" },
    kills: { type: "string", default: "200" },
    lost: { type: "string", default: "0.03" },
    seed: { type: "string", default: "1" },
    "without-planted": { type: "boolean", default: false },
    output: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const header = [
  "| planted | asked | runs | refunds at Stripe | killed (app, worker) | of which at work | lost | doubled | strange | unaudited | other sums | seconds |",
  "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
].join("\n");

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
if (values.help) console.log(usage);
else await withThrowawayDatabase(tryAll);

async function tryAll({ ownerUrl, appUrl, readerUrl }: { ownerUrl: string; appUrl: string; readerUrl: string }): Promise<void> {
  await migrate(ownerUrl);
  Object.assign(process.env, bareEnvironment({ appUrl, readerUrl }));
  const stripe = await startTestStripe();
  const lines: string[] = [];
  try {
    await ensurePlans();
    for (const fault of ["afterCommit", "freshKeys", "none"] as const) {
      if (fault !== "none" && values["without-planted"]) continue;
      const size = fault === "none" ? 1 : 10;
      const outcome = await refundsUnderKills({
        refunds: Math.ceil(Number(values.refunds) / size),
        kills: Math.ceil(Number(values.kills) / size),
        lostAnswers: Number(values.lost),
        seed: Number(values.seed),
        fault,
        stripe,
        databaseUrl: appUrl,
        tell: (text) => console.log(`${fault}: ${text}`),
      });
      lines.push(line(fault, outcome));
      console.log([header, ...lines].join("\n"));
      if (isBad(fault, outcome)) process.exitCode = 1;
    }
    const text = [header, ...lines, "", `Load average ${loads()}, seed ${values.seed}.`].join("\n");
    if (values.output) writeFileSync(values.output, `${text}\n`);
  } finally {
    await stripe.stop();
    await stopSender();
    await disconnect();
  }
}

function line(fault: PlantedFault, { asked, runs, refunds, killed, interrupted, seconds, ...found }: Outcome): string {
  const counts = [found.lost, found.doubled, found.strange, found.unaudited, found.differing].map(({ length }) => length);
  return `| ${[fault, asked, runs, refunds, `${killed.asker}, ${killed.worker}`, interrupted, ...counts, seconds.toFixed(0)].join(" | ")} |`;
}

/** Nothing may be found as it is, and what was planted has to be. */
function isBad(fault: PlantedFault, { lost, doubled, strange, unaudited, differing, asked, runs }: Outcome): boolean {
  if (fault === "freshKeys") return doubled.length === 0;
  if (fault === "afterCommit") return lost.length === 0;
  return asked !== runs || [lost, doubled, strange, unaudited, differing].some(({ length }) => length > 0);
}

import { writeFileSync } from "node:fs";
import { disconnect } from "#server/db.ts";
import { runBenchmark } from "./benchmark.ts";
import { parseOptions } from "./options.ts";
import { Refusal } from "./refusal.ts";
import { report } from "./report.ts";
import { prepareSurroundings } from "./surroundings.ts";

try {
  process.loadEnvFile();
} catch {
  // Without a .env file the environment alone counts.
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

try {
  const options = parseOptions(process.argv.slice(2), process.env);
  const surroundings = await prepareSurroundings(options);
  try {
    const text = report(await runBenchmark(options, surroundings.environment));
    console.log(`\n${text}`);
    if (options.output) writeFileSync(options.output, `${text}\n`);
  } finally {
    await disconnect();
    await surroundings.stop();
  }
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}

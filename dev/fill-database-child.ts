import { env } from "#env.ts";
import { disconnect } from "#server/db.ts";
import { seed } from "../prisma/seed.ts";
import { importIntoStandIn } from "../prisma/seed-stripe.ts";

const wanted = process.argv.slice(2);

try {
  if (wanted.includes("demo-data") && (await seed()).seeded) console.log("Filled the database with demo data.");
  if (wanted.includes("stripe")) await importIntoStandIn(env().STRIPE_API_BASE);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await disconnect();
}

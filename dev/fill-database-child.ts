import { disconnect } from "#server/db.ts";
import { seed } from "../prisma/seed.ts";

try {
  const { seeded } = await seed();
  if (seeded) console.log("Filled the database with demo data.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await disconnect();
}

import { expect, test } from "vitest";
import { StartError } from "./start-error.ts";
import { withDatabase } from "./with-database.ts";

const lost = new Error("Connection terminated unexpectedly");
const never = new Promise<StartError>(() => {});

test("what was done with the database is answered", async () => {
  expect(await withDatabase({ died: never, says: () => "" }, async () => "done")).toBe("done");
});

test("a lost connection is explained by the full disk that PostgreSQL tells of", async () => {
  const says = () => `PANIC:  could not write to file "pg_wal/xlogtemp.7": No space left on device`;
  await expect(withDatabase({ died: never, says }, () => Promise.reject(lost))).rejects.toThrow(
    /^The disk that holds the database is full/,
  );
});

test("a lost connection is explained by PostgreSQL's end, also one that comes a moment later", async () => {
  const died = new Promise<StartError>((resolve) => setTimeout(() => resolve(new StartError("PostgreSQL ended: of old age.")), 50));
  await expect(withDatabase({ died, says: () => "" }, () => Promise.reject(lost))).rejects.toThrow("of old age");
  await expect(withDatabase({ died, says: () => "" }, () => never)).rejects.toThrow("of old age");
});

test("what PostgreSQL does not explain stays as it is", async () => {
  await expect(withDatabase({ died: never, says: () => "LOG:  checkpoint" }, () => Promise.reject(lost))).rejects.toBe(lost);
});

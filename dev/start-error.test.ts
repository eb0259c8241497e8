import { expect, test } from "vitest";
import { explainPostgres } from "./postgres-cluster.ts";
import { describeFailure, isDiskFull, StartError } from "./start-error.ts";

const full = /^The disk that holds .+ is full: .+\.$/;
const forbidden = /^Permission to read and write .+ is missing: .+\.$/;

test.each([
  ["ENOSPC", full],
  ["EDQUOT", full],
  ["EACCES", forbidden],
  ["EPERM", forbidden],
  ["EROFS", forbidden],
  ["EEXIST", /^\/some\/place is a file and must be a directory: .+\.$/],
  ["ENOTDIR", /^\/some\/place is a file and must be a directory: .+\.$/],
])("the system's %s is told in one sentence with the place", (code, sentence) => {
  const error = Object.assign(new Error(`${code}: it was not done, open '/some/place'`), { code, syscall: "open", path: "/some/place" });
  expect(describeFailure(error)).toMatch(sentence);
  expect(describeFailure(error)).toContain("/some/place");
});

test("a full disk of PostgreSQL is told by its code, whatever else its error says", () => {
  expect(describeFailure(Object.assign(new Error("could not extend file"), { code: "53100" }))).toMatch(full);
  expect(describeFailure(Object.assign(new Error("out of memory"), { code: "53200" }))).not.toMatch(full);
});

test("what nobody at the terminal can put right keeps its stack, and what they can is a sentence", () => {
  expect(describeFailure(new StartError("Do this."))).toBe("Do this.");
  expect(describeFailure(new Error("a mistake of ours"))).toContain("start-error.test.ts");
  expect(describeFailure("thrown as text")).toBe("thrown as text");
});

test.each([
  ['FATAL:  could not write lock file "postmaster.pid": No space left on device', full],
  ['initdb: error: could not create directory "pg_wal": Disk quota exceeded', full],
  ['ERROR:  could not extend file "base/5/1": wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.', full],
  ['FATAL:  could not open file "global/pg_control": Permission denied', forbidden],
  ['FATAL:  could not open file "global/pg_control": Read-only file system', forbidden],
  ['FATAL:  data directory "/data/postgres" has wrong ownership\nHINT:  The server must be started by its owner.', forbidden],
  [
    "LOG:  starting\nFATAL:  could not map anonymous shared memory\n",
    /^PostgreSQL, .+\/data\/postgres, ended: could not map anonymous shared memory\.$/,
  ],
  ["", /^PostgreSQL, .+ ended and gave no reason\.$/],
])("PostgreSQL's %j is told in one sentence with the place", (output, sentence) => {
  const { message } = explainPostgres(output, "/data/postgres");
  expect(message).toMatch(sentence);
  expect(message).toContain("/data/postgres");
});

test.each([
  ["Error: ENOSPC: no space left on device, write", true],
  ['thread panicked: Os { code: 28, kind: StorageFull, message: "No space left on device" }', true],
  ["Module not found: Can't resolve './absent.ts'", false],
])("whether the build's %j means a full disk", (output, expected) => {
  expect(isDiskFull(output)).toBe(expected);
});

import fc from "fast-check";

/** Text that has broken other systems. */
const texts = [
  "\0",
  "a\0b",
  "\ud800",
  "\udfff tail",
  "é",
  "x".repeat(5_000),
  "' OR 1=1 --",
  "../../etc/passwd",
  "<script>",
  "%00",
  "",
  " ",
  "null",
];
const values = [
  1e308,
  -1e308,
  2 ** 53,
  -1,
  0.5,
  1e21,
  true,
  false,
  null,
  [],
  {},
  [[]],
  { not: "" },
  { contains: "%" },
  { __proto__: null },
];
const deep = fc.constant(0).map(() => JSON.parse(`${"[".repeat(2_000)}${"]".repeat(2_000)}`) as unknown);

export const nastyText = fc.oneof(
  fc.constantFrom(...texts, "x".repeat(10_000), "//evil.example"),
  fc.string({ unit: "binary", maxLength: 60 }),
);
export const nasty = fc.oneof(
  fc.constantFrom<unknown>(...texts),
  fc.constantFrom<unknown>(...values),
  deep,
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: "binary", maxLength: 40 }),
);
export const absentId = fc.constantFrom("org_000000000000000000000000", "usr_000000000000000000000000", "system2", "x");

/** Nobody means this by a call of an operation. */
export const nastyEnvelope = fc.record(
  {
    targetId: fc.oneof(absentId, nasty),
    input: fc.oneof(nasty, fc.dictionary(fc.constantFrom("name", "days", "role", "slug", "__proto__", "x"), nasty)),
    reason: nasty,
    ticket: nasty,
    confirmation: nasty,
    proposalId: nasty,
    extra: nasty,
  },
  { requiredKeys: [] },
);

/** What the rules of text let through and no page, log or statement may stumble over. */
export const trickyText = `"'; DROP TABLE "User"; -- <script>alert(1)</script> %00 %s $1 \${7*7} {{x}} \\u0000 e\u0301 𝒳 ﷽`;

export const brokenBodies = ["", "{", "[]", "null", '"x"', "{}{}", '{"targetId":', "1e999", "\ufeff{}", `${"[".repeat(50_000)}`];
/** A form's bytes as no browser would write them. */
export const brokenForms = [
  "reason=%00",
  "reason=%ED%A0%80&targetId=%FF",
  "=&=&&",
  "%",
  "input.name=%E0%A4%A",
  `${"a=1&".repeat(5_000)}`,
  "targetId[]=1",
];
export const contentTypes = [
  "application/json",
  "application/json; charset=utf-16",
  "text/plain",
  "multipart/form-data; boundary=x",
  "application/x-www-form-urlencoded",
  "",
];

/** Always the same ones for one seed. */
export function drawer(seed: number): <T>(from: fc.Arbitrary<T>) => T {
  let drawn = 0;
  return (from) => {
    drawn += 1;
    return fc.sample(from, { numRuns: 1, seed: seed + drawn })[0] as never;
  };
}

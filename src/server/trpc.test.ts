import { describe, expect, test } from "vitest";
import {
  abilityProcedure,
  createCallerFactory,
  type ProcedureContext,
  roleProcedure,
  router,
  seatProcedure,
  signedInProcedure,
  staffProcedure,
} from "#server/trpc.ts";
import { contextOf, makeOrganization, makeStaff } from "#testing/fixtures.ts";

const answer = () => "answer";
const ladder = createCallerFactory(
  router({
    signedIn: signedInProcedure.query(answer),
    staff: staffProcedure.query(answer),
    billing: roleProcedure("billing").query(answer),
    seat: seatProcedure.query(answer),
    rename: abilityProcedure("organization.rename", "Organization").query(answer),
  }),
);
const rungs = ["signedIn", "staff", "billing", "seat", "rename"] as const;

async function climb(context: ProcedureContext) {
  const caller = ladder(context);
  const answers = await Promise.all(rungs.map((rung) => caller[rung]().catch((error) => error.cause.code)));
  return Object.fromEntries(rungs.map((rung, index) => [rung, answers[index]]));
}

describe("each rung of the ladder lets through whom it should, and nobody else", () => {
  test("nobody", async () => {
    const refused = "UNAUTHENTICATED";
    expect(await climb(contextOf(null))).toEqual({ signedIn: refused, staff: refused, billing: refused, seat: refused, rename: refused });
  });

  test("an owner and a member", async () => {
    const { people } = await makeOrganization();
    const owner = { signedIn: "answer", staff: "FORBIDDEN", billing: "FORBIDDEN", seat: "answer", rename: "answer" };
    expect(await climb(contextOf(people.owner.actor))).toEqual(owner);
    expect(await climb(contextOf(people.member.actor))).toEqual({ ...owner, rename: "FORBIDDEN" });
  });

  test("a viewer, billing, and an admin who includes it", async () => {
    const viewer = { signedIn: "answer", staff: "answer", billing: "FORBIDDEN", seat: "UNAUTHENTICATED", rename: "FORBIDDEN" };
    expect(await climb(contextOf(await makeStaff("viewer")))).toEqual(viewer);
    expect(await climb(contextOf(await makeStaff("billing")))).toEqual({ ...viewer, billing: "answer" });
    expect(await climb(contextOf(await makeStaff("admin")))).toEqual({ ...viewer, billing: "answer", rename: "answer" });
    expect(await climb(contextOf(await makeStaff()))).toEqual({ ...viewer, staff: "FORBIDDEN" });
  });
});

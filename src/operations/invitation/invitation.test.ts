import { describe, expect, test } from "vitest";
import { getOperation } from "#router/registry.ts";
import type { Actor } from "#server/actor.ts";
import { mailedSecret, readMailedSecret } from "#server/auth/mailed-secret.ts";
import { verifyPassword } from "#server/auth/password.ts";
import { writer } from "#server/db.ts";
import { propose } from "#server/proposals.ts";
import { arrange, makeOrganization, makeStaff, unique } from "#testing/fixtures.ts";
import { bearerOf, expandSeats, letTimePass, makeGuest, makeInvitation } from "#testing/scenarios/people.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { requestOf, runAsPeopleDo } from "#testing/scenarios.ts";

const address = () => `${unique()}@invited.example`;
const newPerson = () => ({ name: "New Person", password: `a long password ${unique()}` });

function run(world: World, actor: Actor, name: string, targetId: string, input: Record<string, unknown> = {}) {
  return runAsPeopleDo({ operation: getOperation(name), actor, targetId, input, world });
}

async function invite(world: World, email: string, role = "member", actor: Actor = world.people.admin.actor): Promise<string> {
  const { output } = await run(world, actor, "membership.invite", world.id, { email, role });
  return (output as { invitationId: string }).invitationId;
}

function memberOf(world: World, email: string) {
  return writer().membership.findFirst({ where: { organizationId: world.id, user: { email } }, select: { role: true, user: true } });
}

describe("somebody without an account", () => {
  test("accepts with a name and a password, and is in with the role of the invitation and a proven address", async () => {
    const world = await makeOrganization();
    const email = address();
    const invitationId = await invite(world, email, "admin");
    const input = newPerson();
    await run(world, bearerOf(email), "invitation.acceptAsNewUser", invitationId, input);
    const membership = await memberOf(world, email);
    expect(membership).toMatchObject({ role: "admin", user: { name: "New Person", emailVerifiedAt: expect.any(Date) } });
    expect(await verifyPassword(membership?.user.passwordHash, input.password)).toBe(true);
  });

  test("whom staff entered as an owner sets the first password so; who has one signs in", async () => {
    const world = await makeOrganization();
    const { email, id } = await makeGuest(address());
    await run(world, bearerOf(email), "invitation.acceptAsNewUser", await invite(world, email), newPerson());
    expect((await memberOf(world, email))?.user).toMatchObject({ id, passwordHash: expect.any(String) });
    const other = await makeOrganization();
    const again = await invite(other, email);
    await expect(run(other, bearerOf(email), "invitation.acceptAsNewUser", again, newPerson())).rejects.toThrow(/Sign in to accept/);
    await expect(run(other, bearerOf(email), "invitation.accept", again)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("somebody with an account", () => {
  test("accepts once", async () => {
    const world = await makeOrganization();
    const guest = await makeGuest(address());
    const invitationId = await invite(world, guest.email);
    await run(world, guest, "invitation.accept", invitationId);
    expect(await memberOf(world, guest.email)).toMatchObject({ role: "member" });
    await expect(run(world, guest, "invitation.accept", invitationId)).rejects.toThrow(/works once/);
  });

  test("in another organization accepts as well", async () => {
    const [world, other] = [await makeOrganization(), await makeOrganization()];
    const { member } = other.people;
    await run(world, member.actor, "invitation.accept", await invite(world, member.email));
    expect(await memberOf(world, member.email)).toMatchObject({ role: "member" });
  });

  test("with another address meets the answer for an absent invitation; so does another organization's owner", async () => {
    const [world, other] = [await makeOrganization(), await makeOrganization()];
    const invitationId = await invite(world, address());
    const absent = "ivt_000000000000000000000000";
    for (const actor of [await makeGuest(address()), other.people.owner.actor, bearerOf(address())]) {
      for (const name of ["invitation.accept", "invitation.acceptAsNewUser"]) {
        const input = name === "invitation.accept" ? {} : newPerson();
        const answers = [];
        for (const targetId of [invitationId, absent])
          answers.push(await run(world, actor, name, targetId, input).catch((error) => error.userMessage));
        expect(answers[0]).toEqual(answers[1]);
      }
    }
    for (const name of ["invitation.resend", "invitation.revoke"])
      await expect(run(other, other.people.owner.actor, name, invitationId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(
      run(other, other.people.owner.actor, "membership.invite", world.id, { email: address(), role: "member" }),
    ).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("an invitation", () => {
  test("is accepted by one of many who come at the same moment", async () => {
    const world = await makeOrganization();
    const guest = await makeGuest(address());
    const invitationId = await invite(world, guest.email);
    const bearers = Array.from({ length: 6 }, () => bearerOf(guest.email));
    const outcomes = await Promise.allSettled([
      ...bearers.map((bearer) => run(world, bearer, "invitation.acceptAsNewUser", invitationId, newPerson())),
      run(world, guest, "invitation.accept", invitationId),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await writer().membership.count({ where: { organizationId: world.id } })).toBe(4);
  });

  test("that was withdrawn or has expired is accepted by nobody, and the sentence says so", async () => {
    const world = await makeOrganization();
    const guest = await makeGuest(address());
    const first = await invite(world, guest.email);
    await run(world, world.people.admin.actor, "invitation.revoke", first);
    await expect(run(world, guest, "invitation.accept", first)).rejects.toThrow(/withdrawn/);
    const second = await invite(world, guest.email);
    await letTimePass("Invitation", second, ["expiresAt"], 8);
    await expect(run(world, guest, "invitation.accept", second)).rejects.toThrow(/expired/);
    await run(world, world.people.admin.actor, "invitation.resend", second);
    await run(world, guest, "invitation.accept", second);
  });

  test("is not sent twice to one address, nor to somebody who is in, and not again at once", async () => {
    const world = await makeOrganization();
    const email = address();
    const invitationId = await invite(world, email);
    await expect(invite(world, email.toUpperCase())).rejects.toThrow(/invited already/);
    await expect(invite(world, world.people.member.email)).rejects.toThrow(/is in .* already/);
    await expect(run(world, world.people.admin.actor, "invitation.resend", invitationId)).rejects.toThrow(/just now/);
  });

  test("waits while the organization is suspended", async () => {
    const world = await makeOrganization();
    const guest = await makeGuest(address());
    const invitationId = await invite(world, guest.email);
    await arrange((db) =>
      db.suspension.create({ data: { organizationId: world.id, reason: "test", ticket: "T-1" }, select: { id: true } }),
    );
    await expect(run(world, guest, "invitation.accept", invitationId)).rejects.toThrow(/is suspended/);
    await expect(invite(world, address(), "member", await makeStaff("support"))).rejects.toThrow(/suspended/);
  });
});

describe("seats", () => {
  test("bound members and open invitations together, however many invite at the same moment", async () => {
    const world = await makeOrganization();
    const { owner, admin } = world.people;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) => invite(world, address(), "member", index % 2 === 0 ? owner.actor : admin.actor)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    await expect(invite(world, address())).rejects.toThrow("has 5 seats, and 3 members and 2 open invitations take them");
    await expandSeats(world, 1);
    await invite(world, address());
  });

  test("are given back by a withdrawn and by an expired invitation, which is not sent again without a seat", async () => {
    const world = await makeOrganization();
    const [first, second] = [await invite(world, address()), await invite(world, address())];
    await run(world, world.people.owner.actor, "invitation.revoke", first);
    await invite(world, address());
    await letTimePass("Invitation", second, ["expiresAt"], 8);
    await invite(world, address());
    await expect(run(world, world.people.owner.actor, "invitation.resend", second)).rejects.toThrow(/take them/);
  });

  test("that ended leave the open invitation open, but nobody comes in over them", async () => {
    const world = await makeOrganization();
    const guests = await Promise.all(Array.from({ length: 6 }, () => makeGuest(address())));
    const invitations = await Promise.all(guests.map(({ email }) => makeInvitation(world, { email })));
    await arrange((db) => db.subscription.update({ where: { organizationId: world.id }, data: { seats: 4 }, select: { id: true } }));
    const outcomes = await Promise.allSettled(
      guests.map((guest, index) => run(world, guest, "invitation.accept", invitations[index] ?? "")),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { userMessage: expect.stringContaining("no free seat") },
    });
  });
});

test("support invites members and admins, operations owners too; viewers and billing nobody", async () => {
  const world = await makeOrganization();
  const support = await makeStaff("support");
  const invitationId = await invite(world, address(), "admin", support);
  expect(await writer().invitation.findUnique({ where: { id: invitationId } })).toMatchObject({
    invitedByLabel: `${support.label} (Countersign support)`,
  });
  const owner = {
    operation: getOperation("membership.invite"),
    actor: support,
    targetId: world.id,
    input: { email: address(), role: "owner" },
    world,
  };
  expect((await propose(requestOf(owner))).preview.approvalReasons, "an owner takes a second person").toHaveLength(1);
  await invite(world, address(), "owner", await makeStaff("operations"));
  for (const role of ["viewer", "billing"] as const)
    await expect(invite(world, address(), "member", await makeStaff(role))).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a link's secret names one invitation; altered or for another it names none", () => {
  const token = mailedSecret("ivt_000000000000000000000001");
  expect(readMailedSecret(token)).toBe("ivt_000000000000000000000001");
  expect(readMailedSecret(token.replace("0001.", "0002."))).toBeNull();
  expect(readMailedSecret(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`)).toBeNull();
  expect(readMailedSecret("")).toBeNull();
});

import type { Metadata } from "next";
import { cache } from "react";
import { OperationLinks } from "#ui/operation-links.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { InvitationTable } from "#ui/staff/invitation-table.tsx";
import { LockState } from "#ui/staff/lock-state.tsx";
import { MembershipTable } from "#ui/staff/membership-table.tsx";
import { Timeline } from "#ui/staff/timeline.tsx";
import { UserFacts } from "#ui/staff/user-facts.tsx";
import { UserSessions } from "#ui/staff/user-sessions.tsx";
import { getStaff } from "../../staff.ts";
import { staffPage } from "../../staff-page.tsx";

type Props = { params: Promise<{ id: string }> };

const load = cache(async (id: string) => (await getStaff()).staff.users.get({ id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await load((await params).id).catch(() => null);
  return { title: found?.user.name ?? "User" };
}

export default staffPage("/admin/users/[id]", async ({ staff, actor, params: { id } }) => {
  const [{ user, operations, timeline, personalDataHidden }, invitations] = await Promise.all([load(id), staff.invitations.ofUser({ id })]);
  return (
    <>
      <PageHeader crumbs={[{ label: "Users", path: "/admin/users" }]} title={user.name}>
        {user.lockout && <LockState until={user.lockout.until} />}
      </PageHeader>
      <div className="columns">
        <div>
          <h2>Memberships</h2>
          <MembershipTable memberships={user.memberships} />
          <h2>Invitations</h2>
          <InvitationTable invitations={invitations} of="user" />
          <h2>Sessions</h2>
          <UserSessions sessions={user.sessions} />
        </div>
        <aside>
          <h2>Facts</h2>
          <UserFacts {...user} hidden={personalDataHidden} />
          <h2>Operations</h2>
          <OperationLinks operations={operations} targetId={id} />
        </aside>
      </div>
      <h2>What happened</h2>
      <Timeline events={timeline} roles={actor.roles} />
      <p>
        All events <a href={`/admin/audit?target=${id}`}>about</a>, <a href={`/admin/audit?actor=${id}`}>by</a> and{" "}
        <a href={`/admin/audit?onBehalfOf=${id}`}>on behalf of</a> {user.name}
      </p>
    </>
  );
});

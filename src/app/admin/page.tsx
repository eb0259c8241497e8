import type { Metadata } from "next";
import { failedJobs } from "#ui/staff/failed-jobs.tsx";
import { HomeOperations } from "#ui/staff/home-operations.tsx";
import { outsideChangesItem } from "#ui/staff/outside-changes-item.tsx";
import { refusedCalls } from "#ui/staff/refused-calls.tsx";
import { SearchBox } from "#ui/staff/search-box.tsx";
import { Waiting } from "#ui/staff/waiting.tsx";
import { waitingAboutAccess } from "#ui/staff/waiting-about-access.tsx";
import { waitingForApproval } from "#ui/staff/waiting-for-approval.tsx";
import { Still } from "#ui/still.tsx";
import { staffPage } from "./staff-page.tsx";

export const metadata: Metadata = { title: "Staff area" };

export default staffPage("/admin", async ({ staff, actor }) => {
  const [{ drafts, asked, toApprove, impersonations, refused, outsideChanges, operations }, reviews, requests, jobs] = await Promise.all([
    staff.home.get(),
    staff.reviews.summary(),
    staff.supportAccess.mine(),
    staff.jobs.failures(),
  ]);
  return (
    <>
      <h1>Find a customer</h1>
      <SearchBox />
      <Still as="div">
        <p className="help">
          Somebody’s e-mail or name, an organization’s name or slug, a Stripe customer, or any id: an id opens its page at once.
        </p>
        <Waiting drafts={drafts} impersonations={impersonations} ownId={actor.id}>
          {outsideChangesItem(outsideChanges)}
          {waitingForApproval({ asked, toApprove })}
          {waitingAboutAccess({ reviews, requests })}
          {refusedCalls(refused)}
          {failedJobs(jobs)}
        </Waiting>
        <HomeOperations operations={operations} />
      </Still>
    </>
  );
});

import type { ClosedOrganization } from "#domain/closures.ts";
import type { Context } from "./actor.ts";
import { findStaffActor } from "./auth/find-staff-actor.ts";
import { findUserActor } from "./auth/find-user-actor.ts";
import { requestInfo } from "./auth/request-info.ts";
import { findImpersonation, findImpersonationId } from "./impersonation-session.ts";
import { findMaintenance, requireNoMaintenance } from "./maintenance.ts";
import { confineRequest } from "./request-scope.ts";
import type { SupportVisit } from "./support-visits.ts";

export type ProductContext = Context & {
  closedOrganizations: readonly ClosedOrganization[];
  /** What customers read instead of this, while staff look past it. */
  maintenance: string | null;
  /** Who of the staff is viewing as whoever asks right now; never told to staff themselves. */
  supportVisits: readonly SupportVisit[];
  /** The browser was viewing as a customer until just now: nobody is signed in, also where a customer's own session exists. */
  endedImpersonation: { id: string } | null;
};

/** Who asks in the staff area, by the request's headers. */
export async function staffContext(headers: Headers): Promise<Context> {
  return { ...requestInfo(headers), actor: await findStaffActor(headers), onBehalfOf: null, impersonation: null };
}

/**
 * Who asks in the product: staff on behalf of a user while the impersonation cookie is there, else a customer. From
 * here on, a request inside a read-only impersonation can only read. Throws MAINTENANCE to customers while that is on.
 */
export async function productContext(headers: Headers): Promise<ProductContext> {
  const nobody = {
    actor: null,
    onBehalfOf: null,
    impersonation: null,
    closedOrganizations: [],
    supportVisits: [],
    maintenance: null,
    endedImpersonation: null,
  };
  const request = requestInfo(headers);
  const impersonationId = await findImpersonationId(headers);
  if (!impersonationId) {
    confineRequest(nobody);
    await requireNoMaintenance();
    return { ...nobody, ...request, ...(await findUserActor(headers)) };
  }
  const seat = (await findImpersonation(impersonationId)) ?? { endedImpersonation: { id: impersonationId } };
  const message = await findMaintenance();
  const context = { ...nobody, ...request, ...seat, ...(message !== null && { maintenance: message }) };
  confineRequest(context);
  return context;
}

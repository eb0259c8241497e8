import { z } from "zod";
import { readsPersonalData } from "#domain/roles.ts";
import { findIdType } from "#lib/ids.ts";
import { maskPersonal } from "#lib/mask.ts";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { likeFragment } from "#server/keyset.ts";
import { router, staffProcedure } from "#server/trpc.ts";
import { findBillingPath, findStripePath } from "./find-billing-path.ts";
import { recordSearch } from "./record-search.ts";

export type SearchHit = { type: "Organization" | "User"; id: string; label: string; detail: string; path: string };

const limit = 25;

/** Pages that a pasted id opens at once. */
const pathOfId: Partial<Record<NonNullable<ReturnType<typeof findIdType>>, (id: string) => string>> = {
  Organization: (id) => `/admin/organizations/${id}`,
  User: (id) => `/admin/users/${id}`,
  Impersonation: (id) => `/admin/impersonations/${id}`,
  Proposal: (id) => `/admin/proposals/${id}`,
  AuditEvent: (id) => `/admin/audit/${id}`,
};

export const searchRouter = router({
  /** One box for everything: ids go straight to their page, whole addresses and slugs first, then fragments. */
  find: staffProcedure
    .input(z.strictObject({ query: text({ min: 0, max: 200 }).transform(withoutSecret) }))
    .query(async ({ ctx, input: { query } }) => {
      if (query === "") return { query, goTo: null, hits: [], tooShort: false };
      const goTo = await findPath(query);
      const tooShort = !goTo && query.length < 3;
      const hits =
        goTo || tooShort
          ? []
          : (await findHits(query)).map((hit) => hideAddress(hit, { query, clear: readsPersonalData(ctx.actor.roles) }));
      await recordSearch(ctx, { query, hits: goTo ? 1 : hits.length, where: "everywhere" });
      return { query, goTo, hits, tooShort };
    }),
});

const keyPrefix = /^cs_live_[0-9a-f]{8}/;

/** Of a whole API key, somebody's secret, only what tells it apart: the search is recorded. */
function withoutSecret(query: string): string {
  return keyPrefix.exec(query)?.[0] ?? query;
}

async function findPath(query: string): Promise<string | null> {
  const type = findIdType(query);
  if (type === "Invoice" || type === "LedgerEntry" || type === "StripeCall") return findBillingPath(type, query);
  if (type) return pathOfId[type]?.(query) ?? (await pathOfOwner(type, query));
  if (keyPrefix.test(query)) {
    const key = await reader().apiKey.findUnique({ where: { prefix: query }, select: { organizationId: true } });
    return key && `/admin/organizations/${key.organizationId}`;
  }
  return findStripePath(query);
}

/** Memberships, monitors, subscriptions and sessions are shown on the page of what they belong to. */
async function pathOfOwner(type: string, id: string): Promise<string | null> {
  if (type === "Session") {
    const session = await reader().session.findUnique({ where: { id }, select: { userId: true } });
    return session && `/admin/users/${session.userId}`;
  }
  const select = { organizationId: true } as const;
  const where = { id };
  const found =
    type === "Membership"
      ? await reader().membership.findUnique({ where, select })
      : type === "Monitor"
        ? await reader().monitor.findUnique({ where, select })
        : type === "Subscription"
          ? await reader().subscription.findUnique({ where, select })
          : null;
  return found && `/admin/organizations/${found.organizationId}`;
}

/** A whole address or slug first. A whole address names one person: nobody looks for others who have it inside theirs. */
async function findHits(query: string): Promise<SearchHit[]> {
  const exact = query.toLowerCase();
  const [user] = query.includes("@") ? await findUser(exact) : [];
  const found = user ? [user] : await findFragment(exact);
  return found.map(({ type, id, label, detail }) => ({ type, id, label, detail, path: pathOfId[type]?.(id) ?? "/admin" }));
}

function findUser(email: string): Promise<Found[]> {
  return reader().$queryRaw`SELECT 'User' AS "type", "id", "name" AS "label", "email" AS "detail" FROM "User" WHERE "email" = ${email}`;
}

/** One statement, so that PostgreSQL stops at the last hit that is shown: people are looked at only as long as there is room. */
async function findFragment(query: string): Promise<Found[]> {
  const fragment = likeFragment(query);
  const found = await reader().$queryRaw<(Found & { place: number })[]>`
    SELECT 1 AS "place", 'Organization' AS "type", "id", "name" AS "label", "slug" AS "detail" FROM "Organization" WHERE "slug" = ${query}
    UNION ALL (SELECT 2, 'Organization', "id", "name", "slug" FROM "Organization"
      WHERE "searched" LIKE ${fragment} AND "slug" <> ${query} ORDER BY "id" DESC LIMIT ${limit})
    UNION ALL (SELECT 3, 'User', u."id", u."name", u."email"
      FROM (SELECT "id" FROM "User" WHERE "searched" LIKE ${fragment} ORDER BY "id" DESC LIMIT ${limit}) AS newest
      JOIN "User" u ON u."id" = newest."id" ORDER BY u."id" DESC)
    LIMIT ${limit}`;
  return found.sort((a, b) => a.place - b.place);
}

/** The fragment still finds; who typed the whole address knows it. */
function hideAddress(hit: SearchHit, { query, clear }: { query: string; clear: boolean }): SearchHit {
  if (clear || hit.type !== "User" || hit.detail === query.toLowerCase()) return hit;
  return { ...hit, detail: maskPersonal(hit.detail) };
}

type Found = Omit<SearchHit, "path">;

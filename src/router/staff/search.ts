import { z } from "zod";
import { readsPersonalData } from "#domain/roles.ts";
import { isFindable } from "#lib/fragment.ts";
import { findIdType } from "#lib/ids.ts";
import { maskPersonal } from "#lib/mask.ts";
import { text } from "#lib/text.ts";
import { isUuid } from "#lib/uuid.ts";
import { reader } from "#server/db.ts";
import { likeFragment } from "#server/keyset.ts";
import { router, staffProcedure } from "#server/trpc.ts";
import { findStripePath } from "./find-billing-path.ts";
import { findIdPath, findNamedPath, pathOfHit } from "./find-id-path.ts";
import { recordSearch } from "./record-search.ts";

export type SearchHit = { type: "Organization" | "User"; id: string; label: string; detail: string; path: string };

const limit = 25;
const nothing = { goTo: null, hits: [], more: false, tooShort: false, isId: false };

export const searchRouter = router({
  /** One box for everything: ids go straight to their page, whole addresses and slugs first, then fragments. */
  find: staffProcedure
    .input(z.strictObject({ query: text({ min: 0, max: 200 }).transform(withoutKey) }))
    .query(async ({ ctx, input: { query } }) => {
      if (query === "") return { ...nothing, query };
      const path = await findPath(query);
      const tooShort = !path && !isFindable(query);
      const found = path || tooShort ? [] : await findHits(query);
      const goTo = path ?? (found.length === 0 ? findNamedPath(query) : null);
      const more = found.length > limit;
      const clear = readsPersonalData(ctx.actor.roles);
      const hits = found.slice(0, limit).map((hit) => hideAddress(hit, { query, clear }));
      await recordSearch(ctx, { query, hits: goTo ? 1 : hits.length, more, where: "everywhere" });
      return { query, goTo, hits, more, tooShort, isId: isId(query) };
    }),
});

const keyPrefix = /^cs_live_[0-9a-f]{8}/;

/** Of a whole API key, only what tells it apart: that is looked for, and shown. */
function withoutKey(query: string): string {
  return keyPrefix.exec(query)?.[0] ?? query;
}

/** Where a pasted id leads at once. */
async function findPath(query: string): Promise<string | null> {
  if (isId(query)) return findIdPath(query);
  if (!keyPrefix.test(query)) return findStripePath(query);
  const key = await reader().apiKey.findUnique({ where: { prefix: query }, select: { organizationId: true } });
  return key && pathOfHit("Organization", key.organizationId);
}

function isId(query: string): boolean {
  return findIdType(query) !== null || isUuid(query);
}

/** A whole address or slug first. A whole address names one person: nobody looks for others who have it inside theirs. */
async function findHits(query: string): Promise<SearchHit[]> {
  const exact = query.toLowerCase();
  const [user] = query.includes("@") ? await findUser(exact) : [];
  const found = user ? [user] : await findFragment(exact);
  return found.map(({ type, id, label, detail }) => ({ type, id, label, detail, path: pathOfHit(type, id) }));
}

function findUser(email: string): Promise<Found[]> {
  return reader().$queryRaw`SELECT 'User' AS "type", "id", "name" AS "label", "email" AS "detail" FROM "User" WHERE "email" = ${email}`;
}

/** One statement, so that PostgreSQL stops one after the last hit that is shown: people are looked at only as long as there is room. */
async function findFragment(query: string): Promise<Found[]> {
  const fragment = likeFragment(query);
  const found = await reader().$queryRaw<(Found & { place: number })[]>`
    SELECT 1 AS "place", 'Organization' AS "type", "id", "name" AS "label", "slug" AS "detail" FROM "Organization" WHERE "slug" = ${query}
    UNION ALL (SELECT 2, 'Organization', "id", "name", "slug" FROM "Organization"
      WHERE "searched" LIKE ${fragment} AND "slug" <> ${query} ORDER BY "id" DESC LIMIT ${limit + 1})
    UNION ALL (SELECT 3, 'User', u."id", u."name", u."email"
      FROM (SELECT "id" FROM "User" WHERE "searched" LIKE ${fragment} ORDER BY "id" DESC LIMIT ${limit + 1}) AS newest
      JOIN "User" u ON u."id" = newest."id" ORDER BY u."id" DESC)
    LIMIT ${limit + 1}`;
  return found.sort((a, b) => a.place - b.place);
}

/** The fragment still finds; who typed the whole address knows it. */
function hideAddress(hit: SearchHit, { query, clear }: { query: string; clear: boolean }): SearchHit {
  if (clear || hit.type !== "User" || hit.detail === query.toLowerCase()) return hit;
  return { ...hit, detail: maskPersonal(hit.detail) };
}

type Found = Omit<SearchHit, "path">;

import type { createStaffCaller } from "#router/staff-router.ts";
import type { Ask } from "./http-client.ts";
import type { Samples } from "./samples.ts";

type Caller = ReturnType<typeof createStaffCaller>;

/** Something that staff do, with as many variations as there are samples: over HTTP, and the same procedure called directly. */
export type Scenario = {
  name: string;
  asks: (index: number) => Ask;
  call: (caller: Caller, index: number) => Promise<unknown>;
  /** Its statements cannot be run twice with the same effect. */
  changes?: true;
};

/** Another word each time: a search is an event, which writes what was looked for. */
function neverWritten(): string {
  return `never${Math.random().toString(36).slice(2)}`;
}

export function createScenarios({ organizations, users }: Samples, deepCursors: string[]): Scenario[] {
  const localParts = users.map(({ email }) => email.split("@")[0] ?? email);
  return [
    search(
      "Search, rare fragment",
      localParts.map((text) => text.slice(-9)),
    ),
    search(
      "Search, common fragment",
      users.map(({ name }) => (name.split(" ").at(-1) ?? name).toLowerCase()),
    ),
    search(
      "Search, exact e-mail",
      users.map(({ email }) => email),
    ),
    search("Search, nothing found", ["zqxj", "qqzz", "vwxq", "xjkw", "jqvz"]),
    {
      name: "Organization page",
      asks: (index) => ({ path: `/admin/organizations/${pick(organizations, index)}` }),
      call: (caller, index) => caller.organizations.get({ id: pick(organizations, index) }),
    },
    { name: "Users, first page", asks: () => ({ path: "/admin/users" }), call: (caller) => caller.users.list({}) },
    ...(deepCursors.length > 0 ? [deepPage(deepCursors)] : []),
    {
      name: "Audit of an organization",
      asks: (index) => ({ path: `/admin/audit?organization=${pick(organizations, index)}` }),
      call: (caller, index) => caller.audit.list({ organization: pick(organizations, index) }),
    },
    {
      name: "Audit, words never written",
      asks: () => ({ path: `/admin/audit?q=${neverWritten()}` }),
      call: (caller) => caller.audit.list({ q: neverWritten() }),
    },
    {
      name: "Run (rename)",
      changes: true,
      asks: (index) => ({ path: "/admin/api/trpc/operations.organization.rename.run", body: renaming(pick(organizations, index)) }),
      call: (caller, index) => caller.operations.organization.rename.run(renaming(pick(organizations, index))),
    },
  ];
}

export function renaming(targetId: string) {
  return { targetId, input: { name: newName() }, reason: "Measuring" };
}

/** Never the name that it has already, which would be refused. */
export function newName(): string {
  return `Renamed ${Math.random().toString(36).slice(2)}`;
}

export function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error("There is nothing to pick from.");
  return item;
}

function deepPage(cursors: string[]): Scenario {
  return {
    name: "Users, deep page",
    asks: (index) => ({ path: `/admin/users?after=${encodeURIComponent(pick(cursors, index))}` }),
    call: (caller, index) => caller.users.list({ after: pick(cursors, index) }),
  };
}

function search(name: string, queries: string[]): Scenario {
  return {
    name,
    asks: (index) => ({ path: `/admin/search?q=${encodeURIComponent(pick(queries, index))}` }),
    call: (caller, index) => caller.search.find({ query: pick(queries, index) }),
  };
}

/** The cursors of pages down the list of users, as each page names the next. */
export async function collectCursors(caller: Caller, pages: number): Promise<string[]> {
  const cursors: string[] = [];
  for (let after: string | undefined; cursors.length < pages; ) {
    const { next } = await caller.users.list(after ? { after } : {});
    if (!next) break;
    cursors.push(next);
    after = next;
  }
  return cursors;
}

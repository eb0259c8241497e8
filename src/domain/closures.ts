import { allOfThese } from "#lib/text.ts";

/** Why an organization's people cannot use it. Suspended by us, closed by its own wish, or being worked on. */
export type ClosureKind = "suspended" | "deactivated" | "maintenance";

export type ClosedOrganization = {
  id: string;
  name: string;
  slug: string;
  kind: ClosureKind;
  /** What is said under maintenance. */
  message: string | null;
};

const hints: Record<Exclude<ClosureKind, "maintenance">, string> = {
  suspended: "Nothing is lost; contact support to find out more.",
  deactivated: "Nothing is lost; contact support to open it again.",
};

/** The same sentences wherever somebody meets organizations that are closed. */
export function closureSentences(closed: readonly Pick<ClosedOrganization, "name" | "kind" | "message">[]): string {
  const shut = (["suspended", "deactivated"] as const).flatMap((kind) => {
    const names = closed.filter((organization) => organization.kind === kind).map(({ name }) => name);
    const list = allOfThese(names);
    return names.length > 0 ? [`${list} ${names.length === 1 ? "is" : "are"} ${kind}. ${hints[kind]}`] : [];
  });
  const worked = closed
    .filter(({ kind }) => kind === "maintenance")
    .map(({ name, message }) => `${name} is under maintenance${message ? `: ${message}` : "."}`);
  return [...shut, ...worked].join(" ");
}

/** Of a loaded row: whether people and pings are refused altogether. */
export function shutKind(row: { suspension: object | null; deactivation: object | null }): "suspended" | "deactivated" | null {
  if (row.suspension) return "suspended";
  return row.deactivation ? "deactivated" : null;
}

import { localPath } from "#server/auth/local-path.ts";

/** Where a product's form may lead: a page of the product, never another site or the staff area. */
export function returnPath(value: string | undefined, fallback = "/"): string {
  const path = localPath(value, { within: "/", fallback });
  return /^\/admin(?![^/?#])/i.test(path) ? fallback : path;
}

/** The path with this outcome for the page to show, in place of an earlier one. */
export function withOutcome(path: string, outcome: { done: string } | { draft: string } | { refused: string }): string {
  const url = new URL(path, "http://local.invalid");
  for (const name of ["done", "draft", "refused"]) url.searchParams.delete(name);
  for (const [name, value] of Object.entries(outcome)) url.searchParams.set(name, value);
  return `${url.pathname}${url.search}${url.hash}`;
}

/** "/o/northwind-labs/monitors/:monitorId", with what the operation has made. */
export function fillPath(path: string, output: unknown): string {
  const made = typeof output === "object" && output !== null ? new Map(Object.entries(output)) : new Map<string, unknown>();
  return path.replace(/:([a-zA-Z]+)/g, (_match, name: string) => encodeURIComponent(String(made.get(name) ?? "")));
}

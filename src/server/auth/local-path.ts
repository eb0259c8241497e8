/** A path of this site at or below `within`, cleaned; anything else gives the fallback. */
export function localPath(value: unknown, { within, fallback }: { within: string; fallback: string }): string {
  if (typeof value !== "string" || !value.startsWith("/") || value.length > 2_000) return fallback;
  const url = URL.canParse(value, base) ? new URL(value, base) : null;
  // After cleaning, "/.//evil.example" has become a path that browsers take for another host.
  if (url?.origin !== base || url.pathname.startsWith("//")) return fallback;
  const root = within.replace(/\/$/, "");
  const inside = url.pathname === root || url.pathname.startsWith(`${root}/`);
  return inside ? `${url.pathname}${url.search}${url.hash}` : fallback;
}

const base = "http://local.invalid";

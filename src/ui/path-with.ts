/** A path with a query; empty values are left out, so that addresses stay short. */
export function pathWith(path: string, search: Record<string, string | null | undefined>): string {
  const present = Object.entries(search).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return present.length > 0 ? `${path}?${new URLSearchParams(present)}` : path;
}

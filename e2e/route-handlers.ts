import { globSync, readFileSync } from "node:fs";

export type RouteHandler = { path: string; methods: string[] };

/** Every route handler of the application, with the methods that it exports; of an address, each dynamic place as "[name]". */
export function routeHandlers(): RouteHandler[] {
  const handlers = globSync("src/app/**/route.ts").map((file) => ({
    path: file
      .replace(/^src\/app/, "")
      .replace(/\/route\.ts$/, "")
      .replace(/\/\([^)]+\)/g, ""),
    methods: methodsIn(readFileSync(file, "utf8")),
  }));
  const silent = handlers.filter(({ methods }) => methods.length === 0);
  if (silent.length > 0) throw new Error(`These route handlers export no method: ${silent.map(({ path }) => path).join(", ")}`);
  return handlers.sort((one, other) => one.path.localeCompare(other.path));
}

function methodsIn(source: string): string[] {
  const found = source.matchAll(/\bexport (?:async )?(?:function|const) ([A-Z]+)\b|\bas (GET|HEAD|POST|PUT|PATCH|DELETE)\b/g);
  return [...new Set([...found].map(([, declared, renamed]) => declared ?? renamed ?? ""))];
}

/** The address with these values in its dynamic places; "absent" where there is none. */
export function fillPlaces(path: string, values: Record<string, string> = {}): string {
  return path.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_place, name: string) => values[name] ?? "absent");
}

import { globSync } from "node:fs";

/** Every page of the staff area that needs a sign-in, with an id that names nothing in each dynamic place. */
export function adminPages(): string[] {
  return globSync("src/app/admin/**/page.tsx")
    .map((file) =>
      file
        .replace(/^src\/app/, "")
        .replace(/\/page\.tsx$/, "")
        .replace(/\/\([^)]+\)/g, "")
        .replace(/\[[^\]]+\]/g, "absent"),
    )
    .filter((path) => !path.startsWith("/admin/sign-in"))
    .sort();
}

/** The headers with which Next's router and browsers ask ahead of time. */
export const kindsOfRequest: Record<string, Record<string, string>> = {
  "a page": {},
  "a browser's prefetch": { purpose: "prefetch", "sec-purpose": "prefetch" },
  "a router's prefetch": { rsc: "1", "next-router-prefetch": "1", purpose: "prefetch" },
  "a segment prefetch": { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
  "an RSC request": { rsc: "1" },
};

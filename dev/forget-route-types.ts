import { globSync, rmSync } from "node:fs";

// Next writes types for its routes beside each build, and TypeScript reads those of every build directory. The ones of
// an older build may name a page that is gone, and would fail a type check that has nothing to do with it.
for (const folder of globSync([".next*/types", ".next*/dev/types"])) rmSync(folder, { recursive: true, force: true });

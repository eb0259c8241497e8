export { middleware } from "../middleware.ts";

// `next dev` runs only this file and `next build` wants the matcher here as a literal.
export const config = { matcher: ["/((?!_next/static/|ping/[0-9a-f]{64}(?:/start|/fail)?$).*)"], runtime: "nodejs" };

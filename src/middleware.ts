export { middleware } from "../middleware.ts";

// `next dev` runs only this file and `next build` wants the matcher here as a literal.
export const config = { matcher: ["/((?!_next/static/).*)"], runtime: "nodejs" };

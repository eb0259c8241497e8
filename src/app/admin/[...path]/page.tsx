import type { Metadata } from "next";
import { AppError } from "#server/errors.ts";
import { staffPage } from "../staff-page.tsx";

export const metadata: Metadata = { title: "Not found" };

export default staffPage("/admin", async () => {
  throw new AppError("NOT_FOUND", { userMessage: "There is no page at this address." });
});

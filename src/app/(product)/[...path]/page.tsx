import type { Metadata } from "next";
import { AppError } from "#server/errors.ts";
import { productPage } from "../product-page.tsx";

export const metadata: Metadata = { title: "Not found" };

/** Every address that is nobody's. Not `not-found.tsx`: Next draws that along with every page there is. */
export default productPage("(not found)", async () => {
  throw new AppError("NOT_FOUND", { userMessage: "There is no page at this address." });
});

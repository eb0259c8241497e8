import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { productContext, staffContext } from "./context.ts";

/** Who asks in the staff area; asked once for each request, however many components want to know. */
export const getStaffContext = cache(async () => staffContext(new Headers(await headers())));

/** Who asks in the product; asked once for each request, however many components want to know. */
export const getProductContext = cache(async () => productContext(new Headers(await headers())));

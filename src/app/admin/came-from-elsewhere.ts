import { headers } from "next/headers";

export const fromElsewhere = "A link on another site asks for this. Nothing was searched or recorded yet: press the button to do it.";

/** Whether another site's link led here. What such a link asks for is recorded under the reader's name, so they say yes first. */
export async function cameFromElsewhere(): Promise<boolean> {
  return (await headers()).get("sec-fetch-site") === "cross-site";
}

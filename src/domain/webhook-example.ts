/** How a receiver checks that a webhook is from us, as the developers' page shows it and the tests run it. */
export const webhookExample = `import { createHmac, timingSafeEqual } from "node:crypto";

// header: the header Countersign-Signature; body: the request's body as it came, before it is parsed.
export function isFromCountersign(header, body, secret) {
  const { t, v1 } = Object.fromEntries(header.split(",").map((part) => part.split("=")));
  const expected = createHmac("sha256", secret).update(t + "." + body).digest();
  const given = Buffer.from(v1 ?? "", "hex");
  const isRecent = Math.abs(Date.now() / 1000 - Number(t)) < 300;
  return isRecent && given.length === expected.length && timingSafeEqual(given, expected);
}
`;

import { Prisma } from "#generated/prisma/client.ts";

/**
 * Whether the call `c` was asked for once more, or something else was asked of the same thing since. One-off invoices of a
 * customer have nothing to do with each other.
 */
export const wasAskedAgain = Prisma.sql`EXISTS (SELECT 1 FROM "StripeCall" n WHERE n."retryOf" = c."id"
  OR (n."objectId" = c."objectId" AND n."kind" = c."kind" AND n."id" > c."id" AND n."kind" <> 'oneOffInvoice'))`;

import { z } from "zod";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { router, staffProcedure } from "#server/trpc.ts";
import { describeOperations } from "../describe-operations.ts";

export const staffApiKeysRouter = router({
  /** The keys with which an organization's programs come in, the newest first. */
  ofOrganization: staffProcedure.input(z.strictObject({ id: text({ max: 64 }) })).query(async ({ ctx, input: { id } }) => {
    const keys = await reader().apiKey.findMany({
      where: { organizationId: id, revokedAt: null },
      orderBy: { id: "desc" },
      take: 20,
      select: {
        id: true,
        organizationId: true,
        name: true,
        prefix: true,
        scopes: true,
        revokedAt: true,
        createdAt: true,
        lastUsedAt: true,
      },
    });
    return keys.map((key) => ({ ...key, operations: describeOperations({ ctx, type: "ApiKey", row: key }) }));
  }),
});

import { z } from "zod";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { reach } from "#server/reach.ts";
import { router, seatProcedure } from "#server/trpc.ts";
import { mayFor } from "./may.ts";
import { findOrganizationBySlug } from "./organizations.ts";
import { requireRole } from "./require-role.ts";

export const exportsRouter = router({
  /** The newest first; whether a file is there still. */
  list: seatProcedure.input(z.strictObject({ slug: text({ max: 60 }) })).query(async ({ ctx, input: { slug } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    requireRole(ctx.seat, organization, ["owner"]);
    const exports = await reader().dataExport.findMany({
      where: { organizationId: organization.id, AND: [reach(ctx.ability, "read", "DataExport")] },
      orderBy: { id: "desc" },
      take: 50,
      select: {
        id: true,
        requestedByLabel: true,
        scopes: true,
        state: true,
        error: true,
        sha256: true,
        bytes: true,
        createdAt: true,
        expiresAt: true,
      },
    });
    const now = new Date();
    return {
      organization,
      exports: exports.map((one) => ({
        ...one,
        // Staff in this seat read pages, not files.
        downloadable: one.state === "ready" && one.expiresAt !== null && one.expiresAt > now && !ctx.impersonation,
      })),
      request: mayFor(ctx, "organization.requestExport", "Organization", organization),
    };
  }),
});

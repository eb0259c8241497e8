import type { SignedInContext } from "#server/actor.ts";
import { recordEvent, writer } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { type TargetRow, targets } from "#server/targets.ts";

type Found = TargetRow<"DataExport">;

/** The file of an export, or what speaks against it. Each download is an event, and there is no file without it; so is each refusal. */
export async function handOverExport(context: SignedInContext, found: Found, refusal: AppError | null) {
  const { id, organizationId, organization, sha256, bytes } = found;
  const event = {
    context,
    operation: "dataExport.download",
    summary: `Download the export of ${organization.name}`,
    target: { type: "DataExport", id, label: targets.DataExport.label(found) },
    organizationId,
  };
  if (refusal) {
    await recordEvent({ ...event, outcome: "denied", metadata: { code: refusal.code, message: refusal.userMessage } });
    throw refusal;
  }
  // The role that reads cannot see files.
  const file = await writer().dataExportFile.findUnique({ where: { id }, select: { content: true } });
  if (!file) throw new AppError("EXPIRED", { userMessage: "This export has expired." });
  await recordEvent({ ...event, outcome: "succeeded", metadata: { sha256, bytes } });
  return { content: file.content, fileName: `${organization.slug}-${id}.zip` };
}

/** Why there is no file, or not any more; null where there is one. */
export function whyNoFile({ state }: Pick<Found, "state">, expiresAt: Date | null): AppError | null {
  if (state !== "ready") return new AppError("CONFLICT", { userMessage: "This export is not ready." });
  if (!expiresAt || expiresAt <= new Date()) return new AppError("EXPIRED", { userMessage: "This export has expired." });
  return null;
}

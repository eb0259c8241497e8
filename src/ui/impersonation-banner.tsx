import type { ImpersonationMode } from "#generated/prisma/enums.ts";
import { formatTime } from "#lib/format-time.ts";
import { RemainingTime } from "./product/remaining-time.tsx";

type Props = { userName: string; organizationName: string; staffName: string; mode: ImpersonationMode; expiresAt: Date };

const modes: Record<ImpersonationMode, string> = { readOnly: "Read-only", write: "Can change data" };

/** Says on every page of the product whose seat the staff member sits in. Nothing closes it but the end of the impersonation. */
export function ImpersonationBanner({ userName, organizationName, staffName, mode, expiresAt }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: named for what it is, for whoever lists the page's regions
    <div className="impersonation" role="region" aria-label="Impersonation">
      <p>
        <strong>{`You are viewing as ${userName} (${organizationName}) as ${staffName}. All actions are being logged.`}</strong>
      </p>
      <p>
        {modes[mode]}. Ends <RemainingTime expiresAt={expiresAt.toISOString()} initial={minutesLeft(expiresAt)} />, at{" "}
        <time dateTime={expiresAt.toISOString()}>{formatTime(expiresAt)}</time>.
      </p>
      <form method="post" action="/impersonation/end">
        <button type="submit">End</button>
      </form>
    </div>
  );
}

function minutesLeft(expiresAt: Date): string {
  const minutes = Math.ceil((expiresAt.getTime() - Date.now()) / 60_000);
  return minutes <= 1 ? "within a minute" : `in ${minutes} minutes`;
}

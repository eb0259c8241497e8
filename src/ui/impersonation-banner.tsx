import type { ImpersonationMode } from "#generated/prisma/enums.ts";
import { formatTime } from "#lib/format-time.ts";
import { RemainingTime } from "./product/remaining-time.tsx";

type Props = {
  id: string;
  userName: string;
  organizationName: string;
  staffName: string;
  mode: ImpersonationMode;
  expiresAt: Date;
  /** Where staff ask for the right to change data. */
  stepUpUrl: string;
};

/** Says on every page of the product whose seat the staff member sits in. Nothing closes it but the end of the impersonation. */
export function ImpersonationBanner({ id, userName, organizationName, staffName, mode, expiresAt, stepUpUrl }: Props) {
  const writes = mode === "write";
  return (
    // biome-ignore lint/a11y/useSemanticElements: named for what it is, for whoever lists the page's regions
    <div className={writes ? "impersonation write" : "impersonation"} role="region" aria-label="Impersonation">
      <p>
        <strong>{`You are viewing as ${userName} (${organizationName}) as ${staffName}. All actions are being logged.`}</strong>
      </p>
      <p>
        <strong className="mode">{writes ? "WRITE" : "READ-ONLY"}</strong>{" "}
        {writes ? "What you change here is changed for the customer." : "Nothing can be changed."} Ends{" "}
        <RemainingTime expiresAt={expiresAt.toISOString()} initial={minutesLeft(expiresAt)} />, at{" "}
        <time dateTime={expiresAt.toISOString()}>{formatTime(expiresAt)}</time>.
      </p>
      <div className="ways">
        {writes ? (
          <form method="post" action="/operations/impersonation.stepDown">
            <input type="hidden" name="targetId" value={id} />
            <button type="submit">Read-only again</button>
          </form>
        ) : (
          <a href={stepUpUrl}>Allow changes</a>
        )}
        <form method="post" action="/impersonation/end">
          <button type="submit">End</button>
        </form>
      </div>
    </div>
  );
}

function minutesLeft(expiresAt: Date): string {
  const minutes = Math.ceil((expiresAt.getTime() - Date.now()) / 60_000);
  return minutes <= 1 ? "within a minute" : `in ${minutes} minutes`;
}

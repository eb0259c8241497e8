import { PageHeader } from "../page-header.tsx";

const titles: Record<string, string> = {
  NOT_FOUND: "Not found",
  FORBIDDEN: "You may not see this",
  UNAVAILABLE: "Not available right now",
  OUTCOME_UNKNOWN: "Maybe done, maybe not",
  BAD_REQUEST: "This address is not right",
  INVALID_INPUT: "This address is not right",
};

/** A page that could not be shown: what, why, and what to quote when asking about it. */
export function Refusal({ code, message, requestId }: { code: string; message: string; requestId: string }) {
  return (
    <>
      <PageHeader crumbs={[{ label: "Staff area", path: "/admin" }]} title={titles[code] ?? "This page cannot be shown"} />
      <p>{message}</p>
      <p className="quiet">
        Request <code className="id">{requestId}</code>
      </p>
    </>
  );
}

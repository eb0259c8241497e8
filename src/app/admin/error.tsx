"use client";

import { Refusal } from "#ui/staff/refusal.tsx";

/** For what no page caught. */
export default function StaffErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <main>
      <Refusal
        code="INTERNAL"
        message="Something went wrong on our side. Nothing was changed; try again in a moment."
        requestId={error.digest ?? "unknown"}
      />
    </main>
  );
}

"use client";

import { Failure } from "#ui/product/failure.tsx";

/** For what no page caught; the text of such failures stays on the server. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <main>
      <Failure
        title="This page cannot be shown"
        message="Something went wrong on our side. Nothing was changed; try again in a moment."
        requestId={error.digest ?? null}
      />
    </main>
  );
}

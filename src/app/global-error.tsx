"use client";

import { Failure } from "#ui/product/failure.tsx";
import "#ui/styles.css";

/** For failures of the layout that surrounds every page. */
export default function GlobalErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main>
          <Failure
            title="This page cannot be shown"
            message="Something went wrong on our side. Nothing was changed; try again in a moment."
            requestId={error.digest ?? null}
          />
        </main>
      </body>
    </html>
  );
}

"use client";

import { UnexpectedFailure } from "#ui/product/unexpected-failure.tsx";
import "#ui/styles.css";

export default function GlobalErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <UnexpectedFailure error={error} />
      </body>
    </html>
  );
}

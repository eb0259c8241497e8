"use client";

import { UnexpectedFailure } from "#ui/product/unexpected-failure.tsx";

export default function ProductErrorPage({ error }: { error: Error & { digest?: string } }) {
  return <UnexpectedFailure error={error} />;
}

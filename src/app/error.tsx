"use client";

import { UnexpectedFailure } from "#ui/product/unexpected-failure.tsx";

export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return <UnexpectedFailure error={error} />;
}

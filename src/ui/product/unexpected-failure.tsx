import { Failure } from "./failure.tsx";

/** For what no page caught; the text of such failures stays on the server, and the digest finds it in the log. */
export function UnexpectedFailure({ error }: { error: Error & { digest?: string } }) {
  return (
    <main className="product">
      <Failure
        title="This page cannot be shown"
        message="Something went wrong on our side. Nothing was changed; try again in a moment."
        requestId={error.digest ?? null}
      />
    </main>
  );
}

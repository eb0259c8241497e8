type Props = { operation: string; targetId: string; back: string; disabled: boolean; children: string };

/** An operation that takes no input and needs no confirmation: one press. */
export function OperationButton({ operation, targetId, back, disabled, children }: Props) {
  return (
    <form method="post" action={`/operations/${operation}`}>
      <input type="hidden" name="targetId" value={targetId} />
      <input type="hidden" name="back" value={back} />
      <button type="submit" disabled={disabled}>
        {children}
      </button>
    </form>
  );
}

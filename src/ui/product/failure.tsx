type Props = {
  title: string;
  message: string;
  /** What the people who run this can find the failure by. */
  requestId: string | null;
};

/** A page that could not be shown, in words. */
export function Failure({ title, message, requestId }: Props) {
  return (
    <>
      <h1>{title}</h1>
      <p>{message}</p>
      {requestId && (
        <p className="quiet">
          Tell support this number: <code>{requestId}</code>
        </p>
      )}
      <p>
        <a href="/">Go to the start page</a>
      </p>
    </>
  );
}

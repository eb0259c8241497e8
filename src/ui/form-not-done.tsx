import { PlainPage } from "./plain-page.tsx";

export type FormNotDoneProps = {
  title: string;
  message: string;
  requestId: string | null;
  action: string;
  /** As they were sent, but for what was typed unseen. */
  fields: readonly { name: string; value: string }[];
  /** Typed unseen, so typed again. */
  unseen: readonly string[];
  back: string;
};

/** A whole page: the answer to a form that could not be worked, with all that was typed, to send it again. */
export function FormNotDone({ title, message, requestId, action, fields, unseen, back }: FormNotDoneProps) {
  const typed = fields.filter(({ name, value }) => value !== "" && /^(input\.|reason$|ticket$|email$)/.test(name));
  return (
    <PlainPage title={title}>
      <p>{message}</p>
      <p>
        What you typed is kept in this page. Wait a moment, then send it again; or <a href={back}>go back without it</a>.
      </p>
      {typed.length > 0 && (
        <dl>
          {typed.map(({ name, value }) => (
            <div key={name}>
              <dt>{labelOf(name)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <form method="post" action={action}>
        {fields.map(({ name, value }) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {unseen.map((name) => (
          <p key={name}>
            <label>
              {labelOf(name)}, once more <input type="password" name={name} autoComplete="off" required />
            </label>
          </p>
        ))}
        <button type="submit">Send again</button>
      </form>
      {requestId && (
        <p>
          Should it stay like this, tell support this number: <span>{requestId}</span>
        </p>
      )}
    </PlainPage>
  );
}

/** "input.billingEmail" → "Billing email" */
function labelOf(name: string): string {
  const words = name
    .replace(/^input\./, "")
    .replace(/([A-Z])/g, " $1")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

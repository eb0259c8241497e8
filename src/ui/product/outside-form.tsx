import type { ReactNode } from "react";
import { Message } from "../message.tsx";

type Props = {
  title: string;
  /** Before the form, in a paragraph. */
  intro?: ReactNode;
  action: string;
  /** The secret of a mailed link, passed on. */
  token?: string;
  problem: string | null;
  submit: string;
  /** The fields. */
  children?: ReactNode;
  /** Where else to go from here. */
  footer?: ReactNode;
};

/** A page with one form, for somebody who is not signed in. */
export function OutsideForm({ title, intro, action, token, problem, submit, children, footer }: Props) {
  return (
    <main className="narrow">
      <h1>{title}</h1>
      {problem && <Message tone="error">{problem}</Message>}
      {intro && <p>{intro}</p>}
      <form method="post" action={action}>
        {token && <input type="hidden" name="input.token" value={token} />}
        {children}
        <button className="primary" type="submit">
          {submit}
        </button>
      </form>
      {footer && <p className="quiet">{footer}</p>}
    </main>
  );
}

/** Instead of a form: what there is to know, and where to go on. */
export function OutsideNote({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="narrow">
      <h1>{title}</h1>
      {children}
    </main>
  );
}

import { PlainPage } from "../plain-page.tsx";

type Props = { title: string; explanation: string; secrets: readonly string[]; back: string };

/** A whole page: the answer to the form that made a secret, which is at no address and cannot be loaded again. */
export function ShownOnce({ title, explanation, secrets, back }: Props) {
  return (
    <PlainPage title={title}>
      <p>{explanation}</p>
      {secrets.map((secret) => (
        <code key={secret}>{secret}</code>
      ))}
      <p>
        <a href={back}>I have copied it</a>
      </p>
    </PlainPage>
  );
}

type Props = { title: string; explanation: string; secrets: readonly string[]; back: string };

/** A whole page: the answer to the form that made a secret, which is at no address and cannot be loaded again. */
export function ShownOnce({ title, explanation, secrets, back }: Props) {
  return (
    <html lang="en">
      {/* biome-ignore lint/style/noHeadElement: this page is not of Next’s making */}
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · Countersign`}</title>
        <link rel="stylesheet" href="/plain.css" />
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          <p>{explanation}</p>
          {secrets.map((secret) => (
            <code key={secret}>{secret}</code>
          ))}
          <p>
            <a href={back}>I have copied it</a>
          </p>
        </main>
      </body>
    </html>
  );
}

import type { ReactNode } from "react";

/** A whole page that Next does not make: the answer to a form itself, with a style sheet of its own and no script. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
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
          {children}
        </main>
      </body>
    </html>
  );
}

/** The frame of a stand-in's pages: one column, no scripts, light and dark. Title and style are trusted, so escape what is not. */
export function page({ title, style = "", content }: { title: string; style?: string; content: string }) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <style>
      :root { color-scheme: light dark; }
      body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: CanvasText; background: Canvas; }
      main { max-width: 38rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.4rem; overflow-wrap: anywhere; } h2 { font-size: 1rem; }
      button { font: inherit; color: inherit; background: transparent; border: 1px solid GrayText; border-radius: .4rem; padding: .6rem .8rem; cursor: pointer; }
      button:hover { background: color-mix(in srgb, CanvasText 8%, Canvas); }
      :focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
      ${style}
    </style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${content}
    </main>
  </body>
</html>
`;
}

export function escapeHtml(text: string) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** What a letter says, with its one link as a whole address. */
export type PrintedLetter = { subject: string; paragraphs: readonly string[]; action?: { label: string; url: string } | undefined };

const sender = "Countersign";

export function letterAsText({ paragraphs, action }: PrintedLetter): string {
  const parts = [...paragraphs, ...(action ? [`${action.label}:\n${action.url}`] : []), `-- \n${sender}`];
  return `${parts.join("\n\n")}\n`;
}

export function letterAsHtml({ subject, paragraphs, action }: PrintedLetter): string {
  const body = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll("\n", "<br>")}</p>`);
  const link = action
    ? [
        `<p><a href="${escapeHtml(action.url)}" style="display:inline-block;padding:8px 14px;background:#1f4e79;color:#ffffff;border-radius:4px;text-decoration:none">${escapeHtml(action.label)}</a></p>`,
        `<p style="color:#555555;font-size:13px">Or open this address:<br>${escapeHtml(action.url)}</p>`,
      ]
    : [];
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>`,
    `<body style="font:16px/1.5 system-ui,sans-serif;max-width:36em;margin:24px auto;padding:0 16px">`,
    ...body,
    ...link,
    `<p style="color:#555555;font-size:13px">${sender}</p></body></html>`,
  ].join("\n");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

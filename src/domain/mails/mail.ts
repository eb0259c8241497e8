/** A letter as its words; how it looks as text and as HTML is decided once, in `src/lib/letter.ts`. */
export type Letter = {
  subject: string;
  paragraphs: string[];
  /** One thing to do. `path` is within the application. */
  action?: { label: string; path: string };
};

export type LinkTools = {
  /** The path with the secret that proves its reader got this mail; made when the mail is sent, and stored nowhere. */
  withSecret: (path: string, tokenId: string) => string;
};

/** A kind of mail. `Data` is what the queue keeps of it until it is sent: no secrets. */
export type Mail<Name extends string, Data extends Record<string, unknown>> = {
  name: Name;
  /** To somebody at a customer, while staff sit in a seat there: not at all, saying so, or as ever. */
  whileImpersonating: "suppress" | "tag" | "allow";
  /** Somebody sits and waits for it: it goes before all others. */
  urgent?: true;
  write(data: Data, links: LinkTools): Letter;
};

export function defineMail<const Name extends string, Data extends Record<string, unknown>>(mail: Mail<Name, Data>): Mail<Name, Data> {
  return mail;
}

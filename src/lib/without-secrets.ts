const hidden = "[secret]";

/** What the application gives out and nobody else may know, by its form, and what is left of it. Those in front are the more exact. */
const forms: [form: RegExp, left: string][] = [
  // An API key: its prefix tells it apart, and is shown everywhere. Also of half a key, as somebody types it.
  [/(cs_live_[0-9a-f]{8})[\w-]*/gi, "$1"],
  // What signs a webhook, ours or the payment provider's; the keys for the payment provider.
  [/(whsec_|[sr]k_(?:live|test)_)[\w+/=-]+/gi, `$1${hidden}`],
  // A mailed link: the id says what it was for.
  [/([a-z]{3}_[0-9a-f]{24}\.)[\w-]+/g, `$1${hidden}`],
  // A cookie or a token of the identity provider.
  [/(?<!\w)eyJ[\w-]{8,}(?:\.[\w-]*)*/g, hidden],
  // A monitor's address, where whoever knows it can ping.
  [/(?<![0-9a-z])[0-9a-f]{40,}(?![0-9a-z])/gi, hidden],
  // What an authenticator app is set up with.
  [/(?<![A-Z0-9])[A-Z2-7]{32}(?![A-Z0-9])/g, hidden],
  // A recovery code. Some are letters alone, and so could be a slug: those stay.
  [/(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])[2-9a-hjkmnp-z]{5}-[2-9a-hjkmnp-z]{5}(?![\w-])/gi, hidden],
  // All else that is as long and as mixed as chance makes it, such as the rest of a key without its beginning.
  [/(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{40,}(?![\w-])/g, hidden],
];

/** A text with the secrets in it taken out, for where it is kept or shown: people paste what a customer sent them. */
export function withoutSecrets(text: string): string {
  return forms.reduce((rest, [form, left]) => rest.replace(form, left), text);
}

/** The same for each text of an object. */
export function withoutSecretsIn<Fields extends object>(fields: Fields): Fields {
  const entries = Object.entries(fields).map(([name, value]) => [name, typeof value === "string" ? withoutSecrets(value) : value]);
  return Object.fromEntries(entries) as Fields;
}

/** The still parts of the page that a request asks for, as HTML, in the order in which they are drawn. */
type Kept = { getStore(): string[] | undefined };

// One for the process, also where the bundler loads this module more than once.
const shared = globalThis as typeof globalThis & { countersignStillParts?: Kept };

/** Where the parts of this request are kept; undefined in a browser, and where nothing keeps them. */
export function stillParts(): string[] | undefined {
  return shared.countersignStillParts?.getStore();
}

export function keepStillPartsIn(kept: Kept): void {
  shared.countersignStillParts = kept;
}

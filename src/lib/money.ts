/** Currencies that the payment provider counts in whole units, and those it counts in thousandths. All others have cents. */
const withoutCents = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split(" ");
const withThousandths = "BHD JOD KWD OMR TND".split(" ");

const currencyForm = /^[A-Z]{3}$/;

/** How many digits the minor unit has: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): 0 | 2 | 3 {
  if (!currencyForm.test(currency)) throw new RangeError(`${currency} is not a currency code.`);
  if (withoutCents.includes(currency)) return 0;
  return withThousandths.includes(currency) ? 3 : 2;
}

// Making one takes longer than using it.
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string): Intl.NumberFormat {
  const known = formats.get(currency);
  if (known) return known;
  const digits = minorDigits(currency);
  const format = new Intl.NumberFormat("en-GB", {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formats.set(currency, format);
  return format;
}

/** "€1,234.50": an amount in minor units as people read it. Exact for every whole number. */
export function formatMoney(amount: number, currency: string): string {
  return formatOf(currency).format(toDecimal(amount, currency) as Intl.StringNumericLiteral);
}

/** "1234.50": an amount in minor units as a form shows it, and as `parseMoney` takes it back. */
export function toDecimal(amount: number, currency: string): string {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is not an amount in minor units.`);
  const digits = minorDigits(currency);
  const padded = String(Math.abs(amount)).padStart(digits + 1, "0");
  const sign = amount < 0 ? "-" : "";
  return digits === 0 ? `${sign}${padded}` : `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

/** What somebody typed, in minor units; null for what is no amount of this currency. Nothing is rounded. */
export function parseMoney(text: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const match = /^(-?)(\d{1,13})(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return null;
  const [, sign = "", whole = "", fraction = ""] = match;
  if (fraction.length > digits) return null;
  const amount = Number(`${sign}${whole}${fraction.padEnd(digits, "0")}`);
  return Number.isSafeInteger(amount) ? amount + 0 : null;
}

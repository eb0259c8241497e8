import { z } from "zod";

// Control characters, and those that are invisible or turn the reading direction: names made of them mislead.
const hidden = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const hiddenInLines = /[^\P{Cc}\r\n\t]|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const unstorable = "This contains a character that cannot be stored.";

function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes("\0");
}

/** Text that PostgreSQL can hold and a person can read: trimmed, NFC, bounded, no NUL, no lone surrogates, nothing invisible. */
export function text({ min = 1, max = 200, lines = false }: { min?: number; max?: number; lines?: boolean } = {}) {
  return z
    .string()
    .max(max * 4, `Use at most ${max} characters.`)
    .refine(isStorable, unstorable)
    .refine((value) => !(lines ? hiddenInLines : hidden).test(value), "This contains an invisible character or a line break.")
    .normalize("NFC")
    .trim()
    .min(min, min === 1 ? "This is required." : `Use at least ${min} characters.`)
    .max(max, `Use at most ${max} characters.`);
}

/** A password as it was typed: nothing is trimmed, because nothing is when somebody signs in with it. */
export function password({ min }: { min: number }) {
  return z
    .string()
    .min(min, min === 1 ? "This is required." : `Use at least ${min} characters.`)
    .max(200, "Use at most 200 characters.")
    .refine(isStorable, unstorable);
}

export function email() {
  return text({ max: 254 }).toLowerCase().pipe(z.email("This is not an e-mail address."));
}

/** "1 day", "2 days". */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? singular : many}`;
}

/** "organization.extendTrial" → "Organization extend trial". */
export function humanize(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[._-]/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

// Making one of these takes longer than using it.
const conjunction = new Intl.ListFormat("en-GB", { type: "conjunction" });
const disjunction = new Intl.ListFormat("en-GB", { type: "disjunction" });

/** "a, b and c". */
export function allOfThese(words: readonly string[]): string {
  return conjunction.format(words);
}

/** "a, b or c". */
export function anyOfThese(words: readonly string[]): string {
  return disjunction.format(words);
}

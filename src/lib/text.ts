import { z } from "zod";

/** Text that PostgreSQL can hold and a person can read: trimmed, NFC, bounded, no NUL, no lone surrogates. */
export function text({ min = 1, max = 200 }: { min?: number; max?: number } = {}) {
  return z
    .string()
    .max(max * 4, `Use at most ${max} characters.`)
    .refine((value) => value.isWellFormed() && !value.includes("\0"), "This contains a character that cannot be stored.")
    .normalize("NFC")
    .trim()
    .min(min, min === 1 ? "This is required." : `Use at least ${min} characters.`)
    .max(max, `Use at most ${max} characters.`);
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

import { text } from "./text.ts";

export const tooShortToFind = "Enter at least three letters or digits; less would find too much.";

/** Whether an index can look this up inside other texts: it knows them by three letters or digits in a row, or at the end of a word. */
export function isFindable(fragment: string): boolean {
  return (fragment.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= 3;
}

/** A part of a name or an address, to filter a large list by; nothing typed is no filter. */
export function fragment({ max }: { max: number }) {
  return text({ min: 0, max }).refine((typed) => typed === "" || isFindable(typed), tooShortToFind);
}

import type { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { AppError } from "../errors.ts";

// The estimate takes longer the more of it is looked at: up to seconds for what somebody makes up to keep a server busy.
const longestChecked = 48;
const mostSubstitutions = 10;
const goodEnough = 3;

let checker: Promise<ZxcvbnFactory> | undefined;

/** Throws INVALID_INPUT, at this field and in words, for a password that is soon guessed by who knows these things about its owner. */
export async function requireStrongPassword(
  password: string,
  { field, about }: { field: string; about: readonly string[] },
): Promise<void> {
  checker ??= createChecker();
  const estimator = await checker;
  const known = [...new Set(about.flatMap(wordsOf))].sort((a, b) => b.length - a.length);
  const checked = password.normalize("NFC").slice(0, longestChecked);
  // What remains without those words counts as well: of names with points between them the estimate thinks too highly.
  const remaining = known.reduce((text, word) => text.replaceAll(word, ""), checked.toLowerCase());
  const results = [estimator.check(checked, known), ...(remaining.length < checked.length ? [estimator.check(remaining)] : [])];
  const weakest = results.sort((a, b) => a.score - b.score)[0];
  if (!weakest || weakest.score >= goodEnough) return;
  const { warning, suggestions } = weakest.feedback;
  const words = ["This would be guessed soon.", warning, ...suggestions].filter(Boolean).join(" ");
  throw new AppError("INVALID_INPUT", { userMessage: "Choose another password.", details: { fields: { [field]: words } } });
}

/** "Ada Marlow" → "ada marlow", "adamarlow", "ada", "marlow". */
function wordsOf(text: string): string[] {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);
  return [text.toLowerCase(), words.join(""), ...words];
}

// Loaded by whoever first needs it: the dictionaries are large.
async function createChecker(): Promise<ZxcvbnFactory> {
  const [core, common, english] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-en"),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    l33tMaxSubstitutions: mostSubstitutions,
  });
}

import type { Effect } from "./effect.ts";

/**
 * What the worker finds out and does about an account after somebody asked for it: the request itself does the same
 * work, and gets the same answer, whether or not an account exists.
 */
export type AccountWork =
  | { kind: "signUp"; signUpId: string }
  | { kind: "resetPassword"; email: string }
  | { kind: "changeEmail"; tokenId: string }
  | { kind: "lockOut"; email: string; until: string };

const words = {
  signUp: "A mail to the address given: a link that confirms it, or that there is an account already",
  resetPassword: "A mail to the address given, if there is an account",
  changeEmail: "A mail to the new address: a link that confirms it, or that somebody tried to use it",
  lockOut: "A lockout, if there is an account",
} satisfies Record<AccountWork["kind"], string>;

export function accountWork(work: AccountWork): Effect {
  return { name: `account ${work.kind}`, queue: "account", whileImpersonating: "suppress", payload: work, words: words[work.kind] };
}

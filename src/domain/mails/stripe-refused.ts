import { describeCallKind } from "../stripe-call-words.ts";
import { defineMail } from "./mail.ts";

type Data = {
  kind: string;
  organizationId: string;
  organizationName: string;
  failure: string | null;
  money: string | null;
  /** Done first and refused by the bank afterwards. */
  wasDone: boolean;
};

/** To the staff member whose run had asked for it. */
export const stripeRefused = defineMail({
  name: "stripeRefused",
  whileImpersonating: "allow",
  write: ({ kind, organizationId, organizationName, failure, money, wasDone }: Data) => ({
    subject: `Stripe refused what you asked for: ${describeCallKind(kind)}`,
    paragraphs: [
      `Stripe did not do this for ${organizationName}: ${describeCallKind(kind)}${money ? ` of ${money}` : ""}.`,
      failure ?? "It gave no reason.",
      ...(money
        ? [wasDone ? "The customer was told that it was given: tell them what comes instead." : "The customer was told nothing of it."]
        : []),
    ],
    action: { label: "See it and what can be done", path: `/admin/organizations/${organizationId}` },
  }),
});

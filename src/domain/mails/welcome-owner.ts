import { defineMail } from "./mail.ts";

type Data = { organizationName: string /** Null for somebody who has a password. */; tokenId: string | null };

/** To the owner of an organization that staff have made. */
export const welcomeOwner = defineMail({
  name: "welcomeOwner",
  whileImpersonating: "suppress",
  write: ({ organizationName, tokenId }: Data, links) => ({
    subject: `${organizationName} is ready`,
    paragraphs: [
      `You are the owner of ${organizationName} on Countersign, which watches scheduled jobs and says when one did not run.`,
      tokenId
        ? "Choose a password to sign in for the first time. The link works once and for an hour; after that, ask for a new one on the sign-in page."
        : "Sign in with the account that you have.",
    ],
    action: tokenId
      ? { label: "Choose a password", path: links.withSecret("/reset-password", tokenId) }
      : { label: "Open Countersign", path: "/" },
  }),
});

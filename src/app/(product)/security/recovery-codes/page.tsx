import type { Metadata } from "next";
import { headers } from "next/headers";
import { findRecoveryCodes } from "#server/auth/once-cookie.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { NewRecoveryCodes, RecoveryCodes } from "#ui/product/recovery-codes.tsx";
import { productPage } from "../../product-page.tsx";
import { findAttempt } from "../../visitor-pages.ts";

export const metadata: Metadata = { title: "Recovery codes" };

export default productPage("/security/recovery-codes", async ({ caller, context, query }) => {
  const { user, change } = await caller.account.get();
  const codes = context.onBehalfOf ? [] : await findRecoveryCodes(new Headers(await headers()), user.id);
  const attempt = await findAttempt(Promise.resolve(query));
  const whyNot = change.whyNot ?? (user.totpEnabledAt ? null : "The second factor is off: set it up first.");
  return (
    <>
      <PageHeader crumbs={[{ label: "Security", path: "/security" }]} title="Recovery codes" />
      {codes.length > 0 ? <RecoveryCodes codes={codes} /> : <NewRecoveryCodes {...attempt} whyNot={whyNot} />}
    </>
  );
});

import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { TwoFactorForm } from "#ui/product/two-factor-form.tsx";
import { productPage } from "../../product-page.tsx";
import { findAttempt } from "../../visitor-pages.ts";

export const metadata: Metadata = { title: "Set up a second factor" };

export default productPage("/security/two-factor", async ({ caller, query }) => {
  const attempt = await findAttempt(Promise.resolve(query));
  const earlier = attempt.values.setup;
  const { setup, whyNot } = await caller.account.secondFactorSetup(earlier ? { earlier } : {});
  return (
    <>
      <PageHeader crumbs={[{ label: "Security", path: "/security" }]} title="Set up a second factor" />
      {setup ? <TwoFactorForm setup={setup} problem={attempt.problem} fields={attempt.fields} /> : <p>{whyNot}</p>}
    </>
  );
});

import type { Metadata } from "next";
import { plural } from "#lib/text.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { ApiKeyTable } from "#ui/product/api-key-table.tsx";
import { PermittedLink } from "#ui/product/permitted-link.tsx";
import { productPage } from "../../../product-page.tsx";

export const metadata: Metadata = { title: "API keys" };

export default productPage("/o/[slug]/api", async ({ caller, params, path }) => {
  const { keys, create, apiPerMinute } = await caller.apiKeys.list(params);
  return (
    <>
      <PageHeader title="API keys">
        <PermittedLink href={`${path}/new`} may={create} primary>
          New API key
        </PermittedLink>
      </PageHeader>
      <p>
        With a key, a program works with the monitors of this organization: at most {plural(apiPerMinute, "request")} in a minute, of all
        keys together. <a href="/developers">How to use the API</a>
      </p>
      <ApiKeyTable keys={keys} path={path} />
    </>
  );
});

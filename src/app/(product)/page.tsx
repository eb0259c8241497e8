import { redirect } from "next/navigation";
import { closureSentences } from "#domain/closures.ts";
import { Message } from "#ui/message.tsx";
import { OrganizationList } from "#ui/product/organization-list.tsx";
import { Welcome } from "#ui/product/welcome.tsx";
import { getOrganizations } from "./product.ts";
import { productPage } from "./product-page.tsx";

export default productPage("/", async ({ context }) => {
  if (!context.actor) return <Welcome />;
  const organizations = await getOrganizations();
  const [only, ...others] = organizations;
  const closed = context.closedOrganizations;
  if (only && others.length === 0 && closed.length === 0) redirect(`/o/${only.slug}/monitors`);
  return (
    <>
      {closed.length > 0 && <Message tone="notice">{closureSentences(closed)}</Message>}
      <OrganizationList organizations={organizations} />
    </>
  );
});

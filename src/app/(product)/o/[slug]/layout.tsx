import type { ReactNode } from "react";
import { DeletionNotice } from "#ui/product/deletion-notice.tsx";
import { OrganizationBar } from "#ui/product/organization-bar.tsx";
import { getOrganizations } from "../../product.ts";

type Props = { params: Promise<{ slug: string }>; children: ReactNode };

export default async function OrganizationLayout({ params, children }: Props) {
  const { slug } = await params;
  // The page says what is wrong where they cannot be read.
  const organizations = await getOrganizations().catch(() => []);
  const organization = organizations.find((each) => each.slug === slug);
  return (
    <>
      {organization && <OrganizationBar organization={organization} others={organizations.filter((each) => each !== organization)} />}
      {organization?.deletion && <DeletionNotice slug={slug} dueAt={organization.deletion.dueAt} />}
      {children}
    </>
  );
}

import { EmptyState } from "../empty-state.tsx";
import { PageHeader } from "../page-header.tsx";

/** Where to go, for somebody in several organizations or in none. */
export function OrganizationList({ organizations }: { organizations: readonly { id: string; name: string; slug: string }[] }) {
  return (
    <>
      <PageHeader title="Your organizations" />
      {organizations.length === 0 ? (
        <EmptyState>There is no organization that you can open. Ask an owner of yours to add you.</EmptyState>
      ) : (
        <ul className="choices">
          {organizations.map(({ id, name, slug }) => (
            <li key={id}>
              <a href={`/o/${slug}/monitors`}>{name}</a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

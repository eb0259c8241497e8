import { NavLink } from "./nav-link.tsx";

type Organization = { name: string; slug: string };

/** Which organization this is, the way to the others, and its pages. */
export function OrganizationBar({ organization, others }: { organization: Organization; others: readonly Organization[] }) {
  const path = `/o/${organization.slug}`;
  return (
    <section className="strip" aria-label="Organization">
      {others.length === 0 ? (
        <strong>{organization.name}</strong>
      ) : (
        <details className="switcher">
          <summary>
            <strong>{organization.name}</strong>
          </summary>
          <nav className="menu" aria-label="Your other organizations">
            {others.map(({ name, slug }) => (
              <a key={slug} href={`/o/${slug}/monitors`}>
                {name}
              </a>
            ))}
          </nav>
        </details>
      )}
      <nav aria-label={organization.name}>
        <NavLink href={`${path}/monitors`}>Monitors</NavLink>
        <NavLink href={`${path}/status`}>Status</NavLink>
        <NavLink href={`${path}/members`}>Members</NavLink>
        <NavLink href={`${path}/api`}>API keys</NavLink>
        <NavLink href={`${path}/webhooks`}>Webhooks</NavLink>
        <NavLink href={`${path}/export`}>Export</NavLink>
        <NavLink href={`${path}/support-access`}>Support access</NavLink>
        <NavLink href={`${path}/settings`}>Settings</NavLink>
        <NavLink href={`${path}/billing`}>Billing</NavLink>
      </nav>
    </section>
  );
}

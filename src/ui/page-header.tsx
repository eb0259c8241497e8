import type { ReactNode } from "react";

export type Crumb = { label: string; path: string };

/** Where you are: the way here, then the page's title with what matters most beside it. */
export function PageHeader({ crumbs = [], title, children }: { crumbs?: Crumb[]; title: string; children?: ReactNode }) {
  return (
    <header className="page">
      {crumbs.length > 0 && (
        <nav aria-label="Breadcrumb">
          {crumbs.map(({ label, path }) => (
            <a key={path} href={path}>
              {label}
            </a>
          ))}
        </nav>
      )}
      <h1>{title}</h1>
      {children}
    </header>
  );
}

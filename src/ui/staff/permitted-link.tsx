import type { ReactNode } from "react";

/** A link for whoever may follow it; for the others what it would be, and why not. */
export function PermittedLink({ path, whyNot, children }: { path: string; whyNot: string | null; children: ReactNode }) {
  if (whyNot === null) return <a href={path}>{children}</a>;
  return (
    <span className="quiet">
      {children} <small>{whyNot}</small>
    </span>
  );
}

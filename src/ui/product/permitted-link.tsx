import { useId } from "react";

type Permission = { allowed: boolean; whyNot: string | null };

/** The way to something that not everybody may do; for the others, that it exists and why not. */
export function PermittedLink({
  href,
  permission,
  primary,
  children,
}: {
  href: string;
  permission: Permission;
  primary?: boolean;
  children: string;
}) {
  const reasonId = useId();
  if (permission.allowed)
    return (
      <a className={primary ? "button primary" : "button"} href={href}>
        {children}
      </a>
    );
  return (
    <span className="refused">
      <button type="button" disabled aria-describedby={permission.whyNot ? reasonId : undefined}>
        {children}
      </button>
      {permission.whyNot && <small id={reasonId}>{permission.whyNot}</small>}
    </span>
  );
}

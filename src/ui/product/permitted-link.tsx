import { useId } from "react";

type May = { allowed: boolean; whyNot: string | null };

/** The way to something that not everybody may do; for the others, that it exists and why not. */
export function PermittedLink({ href, may, primary, children }: { href: string; may: May; primary?: boolean; children: string }) {
  const reasonId = useId();
  if (may.allowed)
    return (
      <a className={primary ? "button primary" : "button"} href={href}>
        {children}
      </a>
    );
  return (
    <span className="refused">
      <button type="button" disabled aria-describedby={may.whyNot ? reasonId : undefined}>
        {children}
      </button>
      {may.whyNot && <small id={reasonId}>{may.whyNot}</small>}
    </span>
  );
}

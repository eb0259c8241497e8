"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** A link that says when it leads to where the reader is. A plain one: every page comes whole, with what is true now around it. */
export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const pathname = usePathname();
  const current = pathname === href ? "page" : pathname.startsWith(`${href}/`) ? "true" : undefined;
  return (
    <a href={href} aria-current={current}>
      {children}
    </a>
  );
}

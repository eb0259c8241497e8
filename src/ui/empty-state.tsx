import type { ReactNode } from "react";

/** What to do where there is nothing to see. */
export function EmptyState({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>;
}

import type { ReactNode } from "react";

/** A plain GET form: every state of a list has an address. */
export function FilterForm({ path, filtered, children }: { path: string; filtered: boolean; children: ReactNode }) {
  return (
    <form className="filters" action={path}>
      {children}
      <button type="submit">Filter</button>
      {filtered && <a href={path}>Clear filters</a>}
    </form>
  );
}

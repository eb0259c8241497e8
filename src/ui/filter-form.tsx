import type { ReactNode } from "react";
import { Message } from "./message.tsx";

type Props = { path: string; typed: Record<string, string>; errors: Record<string, string>; children: ReactNode };

/** A plain GET form: every state of a list has an address. */
export function FilterForm({ path, typed, errors, children }: Props) {
  return (
    <form className="filters" action={path}>
      {Object.keys(errors).length > 0 && <Message tone="error">Nothing was searched: a filter is not valid.</Message>}
      {children}
      <button type="submit">Filter</button>
      {Object.keys(typed).length > 0 && <a href={path}>Clear filters</a>}
    </form>
  );
}

import { pathWith } from "./path-with.ts";

type Props = {
  path: string;
  /** The filters that the address says now. */
  search: Record<string, string>;
  next: string | null;
  nextLabel: string;
};

/** The way to the next rows and back to the first; the browser's own Back is the way to those before. */
export function Pagination({ path, search, next, nextLabel }: Props) {
  const { after, ...filters } = search;
  if (!after && !next) return null;
  return (
    <nav className="pages" aria-label="Pages">
      {after && <a href={pathWith(path, filters)}>First page</a>}
      {next && (
        <a href={pathWith(path, { ...filters, after: next })} rel="next">
          {nextLabel}
        </a>
      )}
    </nav>
  );
}

/** The one search of the staff area. */
export function SearchBox({ query = "" }: { query?: string }) {
  return (
    <search className="search">
      <form action="/admin/search">
        <input type="search" name="q" aria-label="Search" placeholder="E-mail, name, slug or id" defaultValue={query} maxLength={200} />
        <button type="submit">Search</button>
      </form>
    </search>
  );
}

import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { tooShortToFind } from "#lib/fragment.ts";
import { DataTable } from "#ui/data-table.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Id } from "#ui/id.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SearchBox } from "#ui/staff/search-box.tsx";
import { Still } from "#ui/still.tsx";
import { cameFromElsewhere, fromElsewhere } from "../came-from-elsewhere.ts";
import { staffPage, textsOf } from "../staff-page.tsx";

export const metadata: Metadata = { title: "Search" };

export default staffPage("/admin/search", async ({ staff, query: asked }) => {
  const wanted = textsOf(asked).q ?? "";
  if (wanted && (await cameFromElsewhere())) {
    return (
      <>
        <PageHeader crumbs={[{ label: "Staff area", path: "/admin" }]} title="Search" />
        <SearchBox query={wanted} />
        <EmptyState>{fromElsewhere}</EmptyState>
      </>
    );
  }
  const { query, goTo, hits, more, tooShort, isId } = await staff.search.find({ query: wanted });
  if (goTo) redirect(goTo);
  return (
    <>
      <PageHeader crumbs={[{ label: "Staff area", path: "/admin" }]} title={query ? `Search: ${query}` : "Search"} />
      <SearchBox query={query} />
      <Still as="div">
        {query === "" && <EmptyState>Enter an e-mail, a name, a slug or an id.</EmptyState>}
        {tooShort && <EmptyState>{tooShortToFind}</EmptyState>}
        {isId && hits.length === 0 && (
          <EmptyState>
            Nothing here has the id “{query}”, and the audit knows nothing about it. Compare it with where it came from: all of an id
            counts.
          </EmptyState>
        )}
        {query !== "" && !tooShort && !isId && hits.length === 0 && (
          <EmptyState>
            Nothing has “{query}” in its name, e-mail or slug. Try a part of it, or look through the{" "}
            <a href="/admin/organizations">organizations</a> and <a href="/admin/users">users</a>.
          </EmptyState>
        )}
        {hits.length > 0 && (
          <DataTable label="Found" columns={["Name", "Kind", "E-mail or slug", "Id"]}>
            {hits.map(({ id, type, label, detail, path }) => (
              <tr key={id}>
                <td>
                  <a href={path}>{label}</a>
                </td>
                <td>{type}</td>
                <td>{detail}</td>
                <td>
                  <Id>{id}</Id>
                </td>
              </tr>
            ))}
          </DataTable>
        )}
        {more && <p className="help">Only the first {hits.length} are shown. Type more of the name to find fewer.</p>}
      </Still>
    </>
  );
});

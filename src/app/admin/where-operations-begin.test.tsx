import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { createStaffCaller } from "#router/staff-router.ts";
import { contextOf, makeStaff } from "#testing/fixtures.ts";
import { HomeOperations } from "#ui/staff/home-operations.tsx";

test.each(["admin", "viewer"] as const)("each operation says where it begins, or why not: %s", async (role) => {
  const { operations } = await createStaffCaller(contextOf(await makeStaff(role))).home.get();
  const silent = operations.filter((operation) => {
    const html = renderToStaticMarkup(<HomeOperations operations={[operation]} />);
    const [where] = html.match(/<td class="nowrap">(?:(?!<td).)*<\/td><\/tr>/) ?? [];
    return !where?.replace(/<[^>]*>/g, "");
  });
  expect(silent.map(({ name }) => name)).toEqual([]);
});

import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { outsideChangesItem } from "./outside-changes-item.tsx";

test.each([
  [1, "1 change from outside the application"],
  [1_200, "1,200 changes from outside the application"],
  [10_001, "More than 10,000 changes from outside the application"],
])("%i is “%s”, with the way to them", (count, words) => {
  const html = renderToStaticMarkup(outsideChangesItem(count));
  expect(html).toContain(`<a href="/admin/audit?operation=database.write">${words}</a>`);
});

test("where nothing was changed from outside there is no item", () => {
  expect(outsideChangesItem(0)).toBeNull();
});

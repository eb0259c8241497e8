import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { allOperations } from "#router/registry.ts";
import { Welcome } from "#ui/product/welcome.tsx";

test("the welcome promises of support no more than is kept: they change something after saying why", () => {
  expect(allOperations.some(({ whileImpersonating }) => whileImpersonating === "whenWriting")).toBe(true);
  const text = renderToStaticMarkup(<Welcome />).replace(/\s+/g, " ");
  expect(text).toContain("They can change nothing, unless they say once more why they have to.");
});

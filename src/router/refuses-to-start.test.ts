import { initTRPC } from "@trpc/server";
import { describe, expect, test } from "vitest";
import { productRouter } from "#router/product-router.ts";
import { staffRouter } from "#router/staff-router.ts";
import { checkRouter, listProcedures } from "#server/check-router.ts";

describe("the application refuses to start", () => {
  test("with a procedure that does not say who may call it", () => {
    const t = initTRPC.create();
    expect(() => checkRouter(t.router({ secrets: t.router({ list: t.procedure.query(() => "secret") }) }))).toThrow(/secrets\.list/);
  });

  test("and no procedure is public", () => {
    const open = [staffRouter, productRouter].flatMap((each) => listProcedures(each).filter(({ rung }) => rung === "public"));
    expect(open).toEqual([]);
  });
});

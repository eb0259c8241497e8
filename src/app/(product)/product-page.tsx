import { redirect, unstable_rethrow } from "next/navigation";
import type { ReactNode } from "react";
import { type FormDraft, findFormDraft } from "#router/form-drafts.ts";
import { operationsByName } from "#router/registry.ts";
import { whyNotInSeat } from "#server/impersonation-rules.ts";
import { noteView } from "#server/impersonation-views.ts";
import { Failure } from "#ui/product/failure.tsx";
import { Outcome } from "#ui/product/outcome.tsx";
import { explainFailure } from "./explain-failure.ts";
import { getProduct } from "./product.ts";

/** "/o/[slug]/monitors" → { slug: string }. */
type ParamsOf<Path extends string> = Path extends `${string}[${infer Name}]${infer Rest}`
  ? { [Key in Name | keyof ParamsOf<Rest>]: string }
  : unknown;
type Query = Record<string, string | string[] | undefined>;
type PageProps<Path extends string> = { params: Promise<ParamsOf<Path>>; searchParams: Promise<Query> };
type Product = Awaited<ReturnType<typeof getProduct>>;
export type ProductPageInput<Path extends string> = Product & {
  params: ParamsOf<Path>;
  path: string;
  query: Query;
  draft: FormDraft | null;
};

/**
 * A page of the product at this path. It reads everything before it draws, so that whatever is refused is said in words
 * here: what a page throws, Next answers with an empty body that only a script can fill.
 */
export function productPage<const Path extends string>(pattern: Path, render: (input: ProductPageInput<Path>) => Promise<ReactNode>) {
  return async ({ params, searchParams }: PageProps<Path>) => {
    const values = await params;
    const path = fillPattern(pattern, values as Record<string, string>);
    return <main className="product">{await content(values, path, await searchParams)}</main>;
  };

  async function content(params: ParamsOf<Path>, path: string, query: Query): Promise<ReactNode> {
    try {
      const product = await getProduct();
      const { actor, endedImpersonation } = product.context;
      if (endedImpersonation) return null;
      noteView(product.context, { kind: "page", name: path });
      const draft = actor ? await findFormDraft(text(query.draft), actor.id) : null;
      return (
        <>
          <Outcome
            done={operationsByName.get(text(query.done) ?? "")?.title ?? null}
            problem={draft?.error.message ?? refusalOf(query, product.context)}
          />
          {await render({ ...product, params, path, query, draft })}
        </>
      );
    } catch (thrown) {
      unstable_rethrow(thrown);
      const failure = await explainFailure(thrown);
      if (failure === "signIn") redirect(`/sign-in?${new URLSearchParams({ next: path })}`);
      return <Failure {...failure} />;
    }
  }
}

/** What was tried inside an impersonation and refused: nothing of it is kept, so the address only names the operation. */
function refusalOf(query: Query, context: Product["context"]): string | null {
  const operation = operationsByName.get(text(query.refused) ?? "");
  return operation ? whyNotInSeat(operation, context) : null;
}

function fillPattern(pattern: string, values: Record<string, string>): string {
  return pattern.replace(/\[(\w+)\]/g, (_match, name: string) => values[name] ?? "");
}

function text(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

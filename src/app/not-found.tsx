import type { Metadata } from "next";
import { noteView } from "#server/impersonation-views.ts";
import { Failure } from "#ui/product/failure.tsx";
import { getProduct } from "./(product)/product.ts";
import { ProductShell } from "./(product)/product-shell.tsx";

export const metadata: Metadata = { title: "Not found" };

export default async function NotFound() {
  // The shell says what is wrong where nobody can be asked for.
  await getProduct().then(
    ({ context }) => noteView(context, { kind: "page", name: "(not found)" }),
    () => undefined,
  );
  return (
    <ProductShell beside>
      <main className="product">
        <Failure title="Not found" message="There is no page at this address." requestId={null} />
      </main>
    </ProductShell>
  );
}

import type { Metadata } from "next";
import { Failure } from "#ui/product/failure.tsx";
import { ProductShell } from "./(product)/product-shell.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <ProductShell>
      <main className="product">
        <Failure title="Not found" message="There is no page at this address." requestId={null} />
      </main>
    </ProductShell>
  );
}

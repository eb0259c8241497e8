import type { ReactNode } from "react";
import { ImpersonationBanner } from "#ui/impersonation-banner.tsx";
import { Message } from "#ui/message.tsx";
import { EndedImpersonation } from "#ui/product/ended-impersonation.tsx";
import { Failure } from "#ui/product/failure.tsx";
import { ProductHeader } from "#ui/product/product-header.tsx";
import "#ui/product/product.css";
import { explainFailure } from "./explain-failure.ts";
import { getProduct } from "./product.ts";

/** What surrounds every page of the product, those for errors included: the banner while staff view as somebody, and the header. */
export async function ProductShell({ children }: { children: ReactNode }) {
  const product = await getProduct().catch(explain);
  if ("title" in product) return <main className="product">{<Failure {...product} />}</main>;
  const { actor, onBehalfOf, impersonation, endedImpersonation, maintenance } = product.context;
  if (endedImpersonation) return <EndedImpersonation id={endedImpersonation.id} />;
  const seat = onBehalfOf ?? actor;
  return (
    <>
      {actor && onBehalfOf && impersonation && (
        <ImpersonationBanner
          userName={onBehalfOf.label}
          organizationName={impersonation.organizationName}
          staffName={actor.label}
          mode={impersonation.mode}
          expiresAt={impersonation.expiresAt}
        />
      )}
      {maintenance && <Message tone="notice">Under maintenance. Customers read this instead of the page: “{maintenance}”</Message>}
      <ProductHeader personName={seat?.label ?? null} maySignOut={!impersonation} />
      {children}
    </>
  );
}

async function explain(thrown: unknown) {
  const failure = await explainFailure(thrown);
  return failure === "signIn" ? { title: "Sign in", message: "Sign in first.", requestId: null } : failure;
}

import type { ReactNode } from "react";
import { addressOf } from "#server/auth/hosts.ts";
import { explainEnd } from "#server/impersonation-end.ts";
import { setResponseStatus } from "#server/response-status.ts";
import { ImpersonationBanner } from "#ui/impersonation-banner.tsx";
import { Message } from "#ui/message.tsx";
import { EndedImpersonation } from "#ui/product/ended-impersonation.tsx";
import { Failure } from "#ui/product/failure.tsx";
import { ProductHeader } from "#ui/product/product-header.tsx";
import { SupportNotice } from "#ui/product/support-notice.tsx";
import "#ui/product/product.css";
import { explainFailure } from "./explain-failure.ts";
import { getProduct } from "./product.ts";

/** What surrounds every page of the product, those for errors included: the banner while staff view as somebody, and the header. */
export async function ProductShell({ children }: { children: ReactNode }) {
  const product = await getProduct().catch(explain);
  if ("title" in product) return <main className="product">{<Failure {...product} />}</main>;
  const { actor, onBehalfOf, impersonation, endedImpersonation, maintenance, supportVisits } = product.context;
  if (endedImpersonation) return <Ended id={endedImpersonation.id} />;
  const seat = onBehalfOf ?? actor;
  return (
    <>
      {actor && onBehalfOf && impersonation && (
        <ImpersonationBanner
          id={impersonation.id}
          stepUpUrl={addressOf(`/admin/operations/impersonation.stepUp?targetId=${impersonation.id}`)}
          userName={onBehalfOf.label}
          organizationName={impersonation.organizationName}
          staffName={actor.label}
          mode={impersonation.mode}
          expiresAt={impersonation.expiresAt}
        />
      )}
      {maintenance && <Message tone="notice">Under maintenance. Customers read this instead of the page: “{maintenance}”</Message>}
      {actor && !impersonation && <SupportNotice initial={supportVisits} />}
      <ProductHeader personName={seat?.label ?? null} maySignOut={!impersonation} />
      {children}
    </>
  );
}

async function Ended({ id }: { id: string }) {
  const { status, sentence } = await explainEnd(id);
  setResponseStatus(status);
  return <EndedImpersonation sentence={sentence} recordUrl={addressOf(`/admin/impersonations/${id}`)} />;
}

async function explain(thrown: unknown) {
  const failure = await explainFailure(thrown);
  return failure === "signIn" ? { title: "Sign in", message: "Sign in first.", requestId: null } : failure;
}

import type { Metadata } from "next";
import { addressOf } from "#server/auth/hosts.ts";
import type { HandOverRefusal } from "#server/impersonation-handover.ts";
import { setResponseStatus } from "#server/response-status.ts";
import { PageHeader } from "#ui/page-header.tsx";

export const metadata: Metadata = { title: "Not entered" };

const sentences: Record<HandOverRefusal, string> = {
  used: "This way in has been used already. It opens once, in the first browser that comes.",
  expired: "This way in is more than 30 seconds old.",
  over: "The impersonation that this led to is over.",
  unknown: "This is not a way in that the staff area made.",
};

type Props = { searchParams: Promise<{ why?: string | string[] }> };

export default async function RefusedHandOverPage({ searchParams }: Props) {
  const { why } = await searchParams;
  setResponseStatus(403);
  return (
    <main className="product">
      <PageHeader title="Not entered" />
      <p>{sentences[why as HandOverRefusal] ?? sentences.unknown} Nothing was set in this browser.</p>
      <p>
        <a href={addressOf("/admin/impersonations")}>Enter again from the staff area</a>
      </p>
    </main>
  );
}

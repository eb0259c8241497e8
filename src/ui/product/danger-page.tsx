import type { FormDraft } from "#router/form-drafts.ts";
import { type Crumb, PageHeader } from "../page-header.tsx";
import { OperationForm } from "./operation-form.tsx";

type Props = {
  crumbs: Crumb[];
  title: string;
  /** What comes of it. */
  words: string;
  operation: string;
  targetId: string;
  back: string;
  next: string;
  draft: FormDraft | null;
  phrase: string;
  submit: string;
  whyNot: string | null;
};

/** A page for one step that is hard to take back: what it does, and what to type so that it is meant. */
export function DangerPage({ crumbs, title, words, ...form }: Props) {
  return (
    <>
      <PageHeader crumbs={crumbs} title={title} />
      <p>{words}</p>
      <OperationForm {...form} danger />
    </>
  );
}

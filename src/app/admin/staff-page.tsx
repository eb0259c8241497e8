import { redirect, unstable_rethrow } from "next/navigation";
import type { ReactNode } from "react";
import { strongestRoles } from "#domain/roles.ts";
import type { StaffActor } from "#server/actor.ts";
import { AppError } from "#server/errors.ts";
import { setResponseStatus } from "#server/response-status.ts";
import { pathWith } from "#ui/path-with.ts";
import { Refusal } from "#ui/staff/refusal.tsx";
import { StaffShell } from "#ui/staff/staff-shell.tsx";
import { explainFailure } from "./explain-failure.ts";
import { getStaff } from "./staff.ts";

/** "/admin/users/[id]" → { id: string }. */
type ParamsOf<Path extends string> = Path extends `${string}[${infer Name}]${infer Rest}`
  ? { [Key in Name | keyof ParamsOf<Rest>]: string }
  : unknown;
export type Query = Record<string, string | string[] | undefined>;
type PageProps<Path extends string> = { params: Promise<ParamsOf<Path>>; searchParams: Promise<Query> };
type Input<Path extends string> = {
  staff: Awaited<ReturnType<typeof getStaff>>["staff"];
  actor: StaffActor;
  params: ParamsOf<Path>;
  query: Query;
};

/**
 * A page of the staff area at this path. It reads everything before it draws, so that whatever is refused is said here,
 * in words, with its status and without a script.
 */
export function staffPage<const Path extends string>(pattern: Path, render: (input: Input<Path>) => Promise<ReactNode>) {
  return async ({ params, searchParams }: PageProps<Path>) => {
    const [values, query] = await Promise.all([params, searchParams]);
    const path = pattern.replace(/\[(\w+)\]/g, (_match, name: string) => (values as Record<string, string>)[name] ?? "");
    let actor: StaffActor | null = null;
    try {
      const { context, staff } = await getStaff();
      if (context.actor?.type !== "staff") throw new AppError("UNAUTHENTICATED");
      actor = context.actor;
      return (
        <StaffShell path={path} actor={actor && personOf(actor)}>
          {await render({ staff, actor, params: values, query })}
        </StaffShell>
      );
    } catch (thrown) {
      unstable_rethrow(thrown);
      const { error, requestId } = await explainFailure(thrown);
      if (error.code === "UNAUTHENTICATED") redirect(pathWith("/admin/sign-in", { next: pathWith(path, textsOf(query)) }));
      setResponseStatus(error.status);
      return (
        <StaffShell path={path} actor={actor && personOf(actor)}>
          <Refusal code={error.code} message={error.userMessage} requestId={requestId} />
        </StaffShell>
      );
    }
  };
}

function personOf({ label, roles, impersonating }: StaffActor) {
  return { label, impersonating, strongestRoles: strongestRoles(roles) };
}

/** The query's texts; where a name is given twice, the first counts. */
export function textsOf(query: Query): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value;
      return first ? [[name, first]] : [];
    }),
  );
}

import { headers } from "next/headers";
import { type FormAttempt, findFormAttempt } from "#server/auth/form-attempt.ts";

export type Query = Promise<Record<string, string | string[] | undefined>>;

const nothing: FormAttempt = { values: {}, problem: null, fields: {} };

/** What was just refused on this page, where its address says so. */
export async function findAttempt(query: Query): Promise<FormAttempt> {
  const { failed } = await query;
  if (!failed) return nothing;
  return findFormAttempt(new Headers(await headers())) ?? { ...nothing, problem: "That did not work. Try again." };
}

export async function textOf(query: Query, name: string): Promise<string> {
  const value = (await query)[name];
  return typeof value === "string" ? value : "";
}

/** To whom a mail was just asked for, where the page's address says so: the same whether or not one was sent. */
export async function findSent(query: Query): Promise<string | null> {
  if (!(await query).sent) return null;
  return (await findEmail()) ?? "the address that you entered";
}

/** The address that was entered in this page's form a moment ago. */
export async function findEmail(): Promise<string | undefined> {
  return findFormAttempt(new Headers(await headers()))?.values.email;
}

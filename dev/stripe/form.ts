import { z } from "zod";
import { Failure, invalid } from "./failure.ts";

type Node = string | { [key: string]: Node };

/** "items[0][price]=x&metadata[a]=b" as nested objects; lists become arrays. Throws where it is not such a form. */
export function parseForm(text: string): Record<string, unknown> {
  const root: { [key: string]: Node } = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [...name.matchAll(/^[^[\]]+|\[([^[\]]*)\]/g)].map((match) => match[1] ?? match[0]);
    if (path.length === 0 || path.length > 8) throw invalid(`Invalid parameter name: ${name.slice(0, 100)}`);
    place(root, path, value);
  }
  return toValue(root) as Record<string, unknown>;
}

function place(node: { [key: string]: Node }, [first = "", ...rest]: string[], value: string): void {
  const key = first === "" ? String(Object.keys(node).length) : first;
  if (rest.length === 0) {
    node[key] = value;
    return;
  }
  const existing = node[key];
  const inner: { [key: string]: Node } = typeof existing === "object" ? existing : Object.create(null);
  node[key] = inner;
  place(inner, rest, value);
}

function toValue(node: Node): unknown {
  if (typeof node === "string") return node;
  const entries = Object.entries(node);
  if (entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key))) return entries.map(([, value]) => toValue(value));
  return Object.fromEntries(entries.map(([key, value]) => [key, toValue(value)]));
}

/** The parameters as the endpoint wants them, or Stripe's word for what is wrong with the first of them. */
export function readParameters<Schema extends z.ZodType>(schema: Schema, given: Record<string, unknown>): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = [...(issue?.path ?? []), ...(issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])].map(String);
  const param = path.map((part, index) => (index === 0 ? part : `[${part}]`)).join("");
  if (issue?.code === "unrecognized_keys")
    throw new Unprocessed(`Received unknown parameter: ${param}`, { code: "parameter_unknown", param });
  const isMissing = issue?.code === "invalid_type" && issue.message.includes("received undefined");
  throw isMissing
    ? new Unprocessed(`Missing required param: ${param}.`, { code: "parameter_missing", param })
    : new Unprocessed(`Invalid ${param}: ${issue?.message ?? "not valid"}`, { param });
}

/** What was refused before any processing began: no idempotency key remembers it. */
export class Unprocessed extends Failure {
  constructor(message: string, details: { code?: string; param?: string }) {
    super(400, "invalid_request_error", message, details);
  }
}

export const text = z.string().max(5_000);
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, "must be an integer")
  .transform(Number);
export const boolean = z.enum(["true", "false"]).transform((value) => value === "true");
export const metadata = z.record(z.string().max(40), z.string().max(500));
export const currency = z
  .string()
  .regex(/^[a-zA-Z]{3}$/, "must be a currency")
  .transform((value) => value.toLowerCase());
export const expand = { expand: z.array(text).max(20).optional() };
export const page = {
  limit: integer.pipe(z.int().min(1).max(100)).default(10),
  starting_after: text.optional(),
  ending_before: text.optional(),
  ...expand,
};

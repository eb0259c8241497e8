import { z } from "zod";
import { listOf } from "./blank-invoice.ts";
import { missing } from "./failure.ts";
import { expand, page } from "./form.ts";
import type { Kind, Kinds } from "./kinds.ts";
import type { Draft } from "./store.ts";

export type Endpoint = {
  method: string;
  pattern: RegExp;
  path: string;
  schema: z.ZodType;
  run: (draft: Draft, parameters: never, ids: string[]) => unknown;
};

/** "POST /v1/refunds/:id" with what it takes and does. Whatever else is sent is refused, as Stripe does. */
export function endpoint<Shape extends z.ZodRawShape>(
  route: `${"GET" | "POST" | "DELETE"} /v1/${string}`,
  shape: Shape,
  run: (draft: Draft, parameters: z.output<z.ZodObject<Shape>>, ids: string[]) => unknown,
): Endpoint {
  const [method = "", path = ""] = route.split(" ");
  const pattern = new RegExp(`^${path.replace(/:id/g, "([^/]+)")}$`);
  return { method, path, pattern, schema: z.strictObject({ ...expand, ...shape }), run };
}

export function retrieve(kind: Kind, path: `/v1/${string}`): Endpoint {
  return endpoint(`GET ${path}/:id`, {}, (draft, _parameters, [id = ""]) => draft.get(kind, id));
}

type Filter<K extends Kind, Shape extends z.ZodRawShape> = (object: Kinds[K], parameters: z.output<z.ZodObject<Shape>>) => boolean;

export function list<K extends Kind, Shape extends z.ZodRawShape>(
  kind: K,
  path: `/v1/${string}`,
  shape: Shape,
  fits: Filter<K, Shape>,
): Endpoint {
  return endpoint(`GET ${path}`, { ...page, ...shape }, (draft, parameters) => {
    const found = draft.all(kind).filter((object) => fits(object, parameters as never));
    return pageOf(found, parameters as unknown as Page, path);
  });
}

export type Page = { limit: number; starting_after?: string; ending_before?: string };

export function pageOf<Item extends { id: string }>(all: Item[], { limit, starting_after, ending_before }: Page, url: string) {
  const after = starting_after === undefined ? 0 : positionOf(all, starting_after, "starting_after") + 1;
  const before = ending_before === undefined ? all.length : positionOf(all, ending_before, "ending_before");
  const start = ending_before === undefined ? after : Math.max(after, before - limit);
  const shown = all.slice(start, Math.min(before, start + limit));
  return { ...listOf(shown, url), has_more: ending_before === undefined ? start + limit < before : start > after };
}

function positionOf(all: { id: string }[], id: string, param: string): number {
  const position = all.findIndex((object) => object.id === id);
  if (position < 0) throw missing("object", id, param);
  return position;
}

export function mergeMetadata(before: Record<string, string> | null, given: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== ""));
}

/** Invoices show their payments, and charges their refunds, only where they are asked for; ids become objects where their path is. */
export function present(draft: Draft, answer: unknown, paths: string[] = []): unknown {
  return walk(
    draft,
    copy(answer),
    paths.map((path) => path.split(".")),
  );
}

function walk(draft: Draft, value: unknown, paths: string[][]): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(draft, item, paths));
  if (typeof value !== "object" || value === null) return value;
  const object = value as Record<string, unknown>;
  if (object.object === "invoice" && !paths.some(([first]) => first === "payments")) delete object.payments;
  if (object.object === "charge" && paths.some(([first]) => first === "refunds")) object.refunds = newestRefunds(draft, String(object.id));
  for (const [key, inner] of Object.entries(object)) {
    const deeper = paths.filter(([first]) => first === key).map(([, ...rest]) => rest);
    if (deeper.length > 0)
      object[key] = walk(
        draft,
        expandIds(draft, inner),
        deeper.filter(({ length }) => length > 0),
      );
    else if (key === "data" || key === "object") object[key] = walk(draft, inner, []);
  }
  return object;
}

/** Ten, as Stripe does. */
function newestRefunds(draft: Draft, charge: string) {
  const all = draft.all("refund").filter((refund) => refund.charge === charge);
  return copy(pageOf(all, { limit: 10 }, `/v1/charges/${charge}/refunds`));
}

function expandIds(draft: Draft, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => expandIds(draft, item));
  if (typeof value !== "string") return value;
  const found = expandable.map((kind) => draft.find(kind, value)).find((object) => object !== undefined);
  return found ? copy(found) : value;
}

const expandable = [
  "customer",
  "subscription",
  "invoice",
  "payment_intent",
  "charge",
  "payment_method",
  "product",
  "coupon",
  "promotion_code",
  "discount",
  "refund",
] as const satisfies Kind[];

/** As it goes over the wire: the SDK's decimals become text. */
function copy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

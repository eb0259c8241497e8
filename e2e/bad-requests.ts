import fc from "fast-check";
import { formFields } from "#router/form-fields.ts";
import { allOperations } from "#router/registry.ts";
import { listProcedures } from "#server/check-router.ts";
import { type AnyOperation, hasSecretInput } from "#server/operation.ts";
import { signWebhook } from "#server/webhook-signature.ts";
import { routers, type Surface } from "#testing/call-procedure.ts";
import { absentId, brokenBodies, brokenForms, contentTypes, type drawer, nasty, nastyEnvelope, nastyText, trickyText } from "./nasty.ts";
import type { Sent } from "./raw-request.ts";
import { fillPlaces, routeHandlers } from "./route-handlers.ts";

/** What is sent, who sends it, and what it is meant to reach; some is in order as far as the target, and meets what is beyond. */
export type BadRequest = Sent & { as: Surface | "program" | "nobody"; procedure?: string; route?: string; beyond?: true };
export type Own = {
  /** An id of this test's own world for each kind of target. */
  idOf: (operation: AnyOperation) => string;
  /** What fills the places of addresses. */
  places: Record<string, Record<string, string>>;
  /** Valid inputs, where there is one. */
  inputs: ReadonlyMap<string, Record<string, unknown>>;
  reads: Record<Surface, Record<string, object | undefined>>;
};
type Draw = ReturnType<typeof drawer>;

const bases: Record<Surface, string> = { staff: "/admin/api/trpc", product: "/api/trpc" };
export const procedures = (["staff", "product"] as const).flatMap((surface) =>
  listProcedures(routers[surface]).map(({ path, type }) => ({ surface, path, type, name: `${surface} ${path}` })),
);
type Procedure = (typeof procedures)[number];
const json = { "content-type": "application/json" };
const form = { "content-type": "application/x-www-form-urlencoded" };

function call({ surface, path, type, name }: Procedure, body: string, headers: Record<string, string> = json): BadRequest {
  const url = `${bases[surface]}/${path}`;
  // An address of more than 16 kB reaches nothing.
  const input = encodeURIComponent(body.toWellFormed()).slice(0, 12_000).replace(/%.?$/, "");
  return type === "query"
    ? { as: surface, procedure: name, method: "GET", path: `${url}?input=${input}`, headers: {} }
    : { as: surface, procedure: name, method: "POST", path: url, headers, body };
}

/** Each procedure with what nobody means, and each operation's again with all in order but its input. */
export function badCalls(draw: Draw, { idOf }: Own): BadRequest[] {
  return procedures.flatMap((procedure) => {
    const malformed = call(
      procedure,
      JSON.stringify(
        draw(
          procedure.type === "query"
            ? fc.dictionary(fc.constantFrom("id", "q", "slug", "after", "x"), nasty, { minKeys: 1 })
            : nastyEnvelope,
        ),
      ),
    );
    const operation = allOperations.find(({ name }) => procedure.path.startsWith(`operations.${name}.`));
    if (!operation) return [malformed];
    const fields = Object.fromEntries(formFields(operation).map(({ name }) => [name, draw(nasty)]));
    // No operation has such a field, so that none of this ever runs.
    const input = { ...fields, "not a field": draw(nasty) };
    return [malformed, call(procedure, JSON.stringify({ targetId: idOf(operation), input, reason: trickyText, ticket: "T-1" }))];
  });
}

/** Calls that are refused behind the target only, or never: tricky text around a valid input, for previews and for what asks to be confirmed. */
export function trickyCalls({ idOf, inputs, reads }: Own): BadRequest[] {
  return procedures.flatMap((procedure) => {
    if (procedure.type === "query") {
      const input = reads[procedure.surface][procedure.path];
      return [
        { ...input, after: trickyText },
        { ...input, draft: trickyText },
      ].map((each) => call(procedure, JSON.stringify(each)));
    }
    const operation = allOperations.find(({ name }) => procedure.path.startsWith(`operations.${name}.`));
    const input = operation && inputs.get(operation.name);
    if (!operation || !input || hasSecretInput(operation)) return [];
    if (procedure.path.endsWith(".run") && operation.risk === "routine") return [];
    const envelope = { targetId: idOf(operation), input: withTrickyText(input), reason: trickyText, ticket: trickyText.slice(0, 40) };
    const body = procedure.path.endsWith(".run") ? { ...envelope, confirmation: trickyText } : envelope;
    return [{ ...call(procedure, JSON.stringify(body)), beyond: true }];
  });
}

function withTrickyText(input: Record<string, unknown>): Record<string, unknown> {
  const words = ["name", "description", "message", "note"];
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, words.includes(name) ? trickyText : value]));
}

// Whoever is signed in would rightly be signed out.
const endsSession = ["/admin/sign-out", "/sign-out"];
const signedWith: Record<string, { header: string; secret: string }> = {
  "/api/stripe/webhook": { header: "stripe-signature", secret: process.env.STRIPE_WEBHOOK_SECRET ?? "" },
  "/api/helpdesk/cases": { header: "helpdesk-signature", secret: process.env.HELPDESK_SECRET ?? "" },
};
export const handlers = routeHandlers().filter(({ path }) => !path.includes("/trpc/"));

/** Every route handler by each of its methods: with ids of its own world and with absent ones, and with forms, JSON and queries that are none. */
export function badSubmissions(draw: Draw, own: Own): BadRequest[] {
  return handlers.flatMap(({ path, methods }) => {
    const as = endsSession.includes(path)
      ? "nobody"
      : path.startsWith("/api/v1")
        ? "program"
        : path.startsWith("/admin")
          ? "staff"
          : "product";
    const addresses = [fillPlaces(path, own.places[path] ?? {}), fillPlaces(path), fillPlaces(path, nowhere)];
    return methods.flatMap((method) =>
      addresses.flatMap((address, index) => {
        // That would rightly be done.
        if (method === "DELETE" && index === 0) return [];
        const sent = { as, route: path, method, headers: form } as const;
        const query = `?${encode(draw(fields([...queryNames])))}`;
        if (method === "GET" || method === "HEAD" || method === "DELETE") return [{ ...sent, path: address + query, headers: {} }];
        const typed = { ...sent, path: address, body: encode(draw(fields(formNames))) };
        const signed = signedWith[path];
        if (!signed && as !== "program") return [typed, { ...typed, body: draw(fc.constantFrom(...brokenForms)) }];
        const bodies = [JSON.stringify(draw(apiBody)), draw(fc.constantFrom(...brokenBodies))];
        // An empty change of what is there would rightly be done.
        return bodies.slice(0, as === "program" && index === 0 ? 1 : 2).map((body) => ({
          ...sent,
          path: address,
          body,
          headers: { ...json, ...(signed && { [signed.header]: signWebhook({ ...signed, body, at: new Date() }) }) },
        }));
      }),
    );
  });
}

const nowhere = {
  id: "%00",
  slug: "%ED%A0%80",
  name: "constructor",
  file: "..%2F..",
  key: "%F0%9F%92%A9",
  exportId: "'",
  path: "monitors/%00",
  nextauth: "callback/staff",
};
const queryNames = ["q", "id", "after", "actor", "format", "from", "code", "state", "next", "limit"] as const;
const formNames = [
  "targetId",
  "operation",
  "targets",
  "token",
  "email",
  "password",
  "code",
  "confirmation",
  "reason",
  "comment",
  "back",
  "next",
  "fresh",
  "input.email",
  "input.password",
  "input.name",
  "input.token",
  "input.newPassword",
];
const fields = (names: readonly string[]) => fc.dictionary(fc.constantFrom(...names), nastyText, { minKeys: 1 });
const apiBody = fc
  .dictionary(fc.constantFrom("id", "type", "data", "name", "schedule", "intervalMinutes", "organizationId", "subject", "open"), nasty)
  .map((body) => ({ ...body, "not a field": 1 }));

/** Lone surrogates too, as the bytes that no browser would make of them. */
function encode(form: Record<string, string>): string {
  const bytes = (text: string) => (text.isWellFormed() ? encodeURIComponent(text) : "%ED%A0%80");
  return Object.entries(form)
    .map(([name, value]) => `${encodeURIComponent(name)}=${bytes(value)}`)
    .join("&");
}

/** The form of every operation, in either area: in the staff area on the own world, because a preview is all that comes of it. */
export function badForms(draw: Draw, { idOf }: Own): BadRequest[] {
  return allOperations.flatMap((operation) => {
    const names = formFields(operation).map(({ name }) => `input.${name}`);
    const typed = (targetId: string) =>
      encode({ ...draw(fields([...names, "extra"])), targetId, reason: draw(nastyText), ticket: draw(nastyText) });
    const sent = { method: "POST", headers: form } as const;
    return [
      {
        ...sent,
        as: "staff",
        route: "/admin/operations/[name]/submit",
        path: `/admin/operations/${operation.name}/submit`,
        body: typed(idOf(operation)),
      },
      { ...sent, as: "product", route: "/operations/[name]", path: `/operations/${operation.name}`, body: typed(draw(absentId)) },
    ];
  });
}

/** Anything to anywhere. */
export function badAnything(draw: Draw, own: Own, count: number): BadRequest[] {
  const submissions = badSubmissions(draw, own);
  return Array.from({ length: count }, (_none, index): BadRequest => {
    const procedure = draw(fc.constantFrom(...procedures));
    const type = draw(fc.constantFrom(...contentTypes));
    const headers: Record<string, string> = type ? { "content-type": type } : {};
    if (index % 3 === 0) return { ...draw(fc.constantFrom(...submissions)), headers };
    if (index % 3 === 1) return call(procedure, draw(fc.constantFrom(...brokenBodies)), headers);
    const batch = Array.from({ length: draw(fc.constantFrom(1, 2, 12)) }, () => procedure.path).join(",");
    const body = JSON.stringify({ 0: draw(nastyEnvelope), 1: draw(nasty) });
    return { as: procedure.surface, method: "POST", path: `${bases[procedure.surface]}/${batch}?batch=1`, headers: json, body };
  });
}

import { z } from "zod";
import { type ApiScope, apiScopes } from "#domain/api-scopes.ts";
import { env } from "#env.ts";
import type { Endpoint } from "./endpoint.ts";
import { endpoints } from "./endpoints.ts";

type Json = Record<string, unknown>;

const refusals: Record<string, string> = {
  400: "The request is not valid",
  401: "No API key, or one that is unknown or revoked",
  403: "The key does not have the scope, or the organization is suspended",
  404: "There is no such thing, or it is another organization's",
  409: "Not in the current state, for instance because the plan's limit is reached; or the first request with this Idempotency-Key is still running",
  413: "The body is too large",
  415: "The body is not application/json",
  422: "Some fields are not valid; `fields` says which. Or the Idempotency-Key came with another request before",
  429: "Too many requests in this minute; Retry-After says when to go on",
  503: "Under maintenance, or the database cannot be reached",
};
const withBody = new Set(["413", "415"]);
const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "So that you may ask again where no answer arrived: a value of your own for this one request. For 24 hours the same request with the same key changes nothing and gets the first answer again, with the header `Idempotent-Replayed: true`. A refusal is not kept.",
  schema: { type: "string", pattern: "^[!-~]{1,255}$" },
};

/** The OpenAPI 3.1 document, made of what the endpoints are made of. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: entryOf(endpoint) };
  return {
    openapi: "3.1.0",
    info: { title: "Countersign API", version: "1.0.0", description: "Monitors of one organization, by API key." },
    servers: [{ url: new URL("/api/v1", env().APP_URL).href }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: "http", scheme: "bearer", description: "An API key: cs_live_…" } },
      schemas: { Error: schemaOf(errorAnswer) },
    },
  };
}

const errorAnswer = z.object({
  error: z.object({
    code: z.string(),
    message: z.string().describe("A sentence for people."),
    requestId: z.string(),
    fields: z.record(z.string(), z.string()).optional().describe("Field → what is wrong with it."),
  }),
});

function entryOf({ path, method, title, scope, query, body, answer, status }: Endpoint): Json {
  return {
    operationId: `${method.toLowerCase()}${path.replace(/[/{}]+(\w)/g, (_match, letter: string) => letter.toUpperCase()).replace(/\W/g, "")}`,
    summary: title,
    description: `Needs the scope \`${scope}\`: ${lowerFirst(apiScopes[scope satisfies ApiScope])}.`,
    parameters: [
      ...(path.includes("{id}") ? [{ name: "id", in: "path", required: true, schema: { type: "string" } }] : []),
      ...queryOf(query),
      ...(method === "POST" ? [idempotencyKey] : []),
    ],
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: schemaOf(body, "input") } } } }),
    responses: {
      [status]: { description: "Done", ...(answer && { content: { "application/json": { schema: schemaOf(answer) } } }) },
      ...Object.fromEntries(
        Object.entries(refusals)
          .filter(([code]) => body || !(withBody.has(code) || (code === "400" && method !== "POST")))
          .map(([code, description]) => [
            code,
            { description, content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } },
          ]),
      ),
    },
  };
}

function queryOf(query: z.ZodObject | undefined): Json[] {
  if (!query) return [];
  const { properties = {} } = schemaOf(query, "output") as { properties?: Record<string, Json> };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: "query",
    required: false,
    description,
    schema,
  }));
}

/** Without names of its own for parts: each stands where it is used. */
function schemaOf(schema: z.ZodType, io: "input" | "output" = "output"): Json {
  const { $schema, id, $defs, ...rest } = z.toJSONSchema(schema, {
    io,
    target: "draft-2020-12",
    unrepresentable: "any",
    override({ jsonSchema }) {
      const json = jsonSchema as Json;
      if (json.help && !json.description) json.description = json.help;
      delete json.help;
      if (json.format === "date-time") delete json.pattern;
      if (io === "output") delete json.additionalProperties;
    },
  }) as Json;
  return rest;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

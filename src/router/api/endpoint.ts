import type { z } from "zod";
import type { ApiScope } from "#domain/api-scopes.ts";
import type { AppAbility } from "#server/ability.ts";
import type { Context, ServiceActor } from "#server/actor.ts";

export type ApiContext = Context & { actor: ServiceActor; ability: AppAbility };
export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** One thing that the REST API does. Its OpenAPI entry is made of the same. */
export type Endpoint = {
  method: Method;
  /** Below /api/v1; "{id}" stands for an id. */
  path: string;
  title: string;
  scope: ApiScope;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Of the answer when it went well; none for 204. */
  answer?: z.ZodType;
  status: 200 | 201 | 204;
  handle(request: { context: ApiContext; id: string; query: never; body: never; repeatable: Repeatable | null }): Promise<unknown>;
};
/** What a program sent that may ask again; only for POST, since the others may be repeated anyway. */
export type Repeatable = { key: string; request: unknown };

/** Checks that what `handle` takes is what the schemas give. */
export function defineEndpoint<Query extends z.ZodObject = z.ZodObject, Body extends z.ZodType = z.ZodType>(
  endpoint: Omit<Endpoint, "query" | "body" | "handle"> & {
    query?: Query;
    body?: Body;
    handle(request: {
      context: ApiContext;
      id: string;
      query: z.output<Query>;
      body: z.output<Body>;
      repeatable: Repeatable | null;
    }): Promise<unknown>;
  },
): Endpoint {
  return endpoint as unknown as Endpoint;
}

import { openApiDocument } from "#router/api/openapi.ts";

export function GET(): Response {
  return Response.json(openApiDocument());
}

import { AppError } from "#server/errors.ts";

const maxBytes = 100_000;

/** The body as JSON, for what was sent as JSON and is not too large, whatever length it says it has. */
export async function readJson(request: Request): Promise<unknown> {
  if (!/^application\/json(;|$)/i.test(request.headers.get("content-type") ?? "")) throw new AppError("UNSUPPORTED_MEDIA_TYPE");
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      throw new AppError("TOO_LARGE", { userMessage: "Send at most 100 KB." });
    }
    parts.push(part.value);
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts)));
  } catch (error) {
    throw new AppError("BAD_REQUEST", { userMessage: "The body is not JSON.", cause: error });
  }
}

import { plural } from "#lib/text.ts";
import { AppError } from "#server/errors.ts";
import { getSetting } from "#server/settings.ts";

/** The body as JSON, for what was sent as JSON and is not too large, whatever length it says it has. */
export async function readJson(request: Request): Promise<unknown> {
  if (!/^application\/json(;|$)/i.test(request.headers.get("content-type") ?? "")) throw new AppError("UNSUPPORTED_MEDIA_TYPE");
  const maxBytes = await getSetting("maximumUploadBytes");
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      throw new AppError("TOO_LARGE", { userMessage: `Send at most ${plural(maxBytes, "byte")}.` });
    }
    parts.push(part.value);
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts)));
  } catch (error) {
    throw new AppError("BAD_REQUEST", { userMessage: "The body is not JSON.", cause: error });
  }
}

import { AppError } from "#server/errors.ts";
import { getSetting } from "#server/settings.ts";

const formsRead = new WeakMap<Request, Map<string, string>>();

/** A browser's form as text fields, for what was sent as one and is not too large, whatever length it says it has. A second time it answers the same. */
export async function readForm(request: Request, mostBytes?: number): Promise<Map<string, string>> {
  const read = formsRead.get(request);
  if (read) return read;
  if (!/^application\/x-www-form-urlencoded(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new AppError("UNSUPPORTED_MEDIA_TYPE", { userMessage: "This is not a form." });
  }
  const form = new Map(new URLSearchParams(await readText(request, mostBytes)));
  formsRead.set(request, form);
  return form;
}

/** A body as text, where it is not too large, whatever length it says it has; by the setting where no limit of its own is given. */
export async function readText(request: Request, mostBytes?: number): Promise<string> {
  const maxBytes = mostBytes ?? (await getSetting("maximumUploadBytes"));
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      throw new AppError("TOO_LARGE");
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts).toString("utf8");
}

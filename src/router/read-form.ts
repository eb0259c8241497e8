import { AppError } from "#server/errors.ts";

const maxBytes = 100_000;

/** A browser's form as text fields. Anything else that was sent is refused, in words. */
export async function readForm(request: Request): Promise<Map<string, string>> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw new AppError("TOO_LARGE");
  let form: FormData;
  try {
    form = await request.formData();
  } catch (cause) {
    throw new AppError("BAD_REQUEST", { userMessage: "This is not a form.", cause });
  }
  return new Map([...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : [])));
}

/** A PDF that a browser shows, and saves under this name. */
export function pdfResponse({ content, fileName }: { content: Buffer; fileName: string }): Response {
  return new Response(new Uint8Array(content), {
    headers: {
      "content-type": "application/pdf",
      "content-disposition": `inline; filename="${fileName.replace(/[^\w.-]/g, "-")}"`,
      "content-length": String(content.byteLength),
      "cache-control": "no-store",
    },
  });
}

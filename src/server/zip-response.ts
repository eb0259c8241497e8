/** An archive that nobody keeps on the way. */
export function zipResponse({ content, fileName }: { content: Uint8Array<ArrayBuffer>; fileName: string }): Response {
  return new Response(content, {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${fileName}"`,
      "content-length": String(content.byteLength),
      "cache-control": "no-store",
    },
  });
}

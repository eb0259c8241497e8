import { createHash, type Hash } from "node:crypto";
import { setImmediate as breathe } from "node:timers/promises";
import { Zip, ZipDeflate } from "fflate";
import { csvCell } from "../audit/export.ts";

export type Row = Record<string, unknown>;
/** Rows a batch at a time. `columns` is what each row has, also where there is none. */
export type Dataset = { name: string; columns: readonly string[]; batches: AsyncIterable<readonly Row[]> };
export type ManifestFile = { path: string; rows: number; bytes: number; sha256: string };

const mostBytes = 100_000_000;

/**
 * A ZIP file with each dataset as JSON and as CSV, and manifest.json last. Only a batch of rows is held at a time, and
 * the packed file itself; throws where that grows above 100 MB. `tellProgress` hears how many datasets are in it.
 */
export async function packArchive(
  datasets: readonly Dataset[],
  manifestOf: (files: ManifestFile[]) => Row,
  tellProgress: (done: number) => Promise<void> = async () => undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let failure: Error | null = null;
  const zip = new Zip((error, part) => {
    if (error) failure = error;
    size += part?.byteLength ?? 0;
    if (part) parts.push(part);
  });
  const files: ManifestFile[] = [];
  for (const { name, columns, batches } of datasets) {
    const [json, csv] = [new Entry(zip, `${name}.json`), new Entry(zip, `${name}.csv`)];
    json.write("[");
    csv.write(`${columns.join(",")}\r\n`);
    for await (const batch of batches) {
      json.write(batch.map((row, index) => `${json.rows + index > 0 ? "," : ""}\n${JSON.stringify(pick(row, columns))}`).join(""));
      csv.write(batch.map((row) => `${columns.map((column) => csvCell(row[column])).join(",")}\r\n`).join(""));
      json.rows += batch.length;
      csv.rows += batch.length;
      if (size > mostBytes) throw new TooLarge();
      // Packing is work of this process alone, and the worker has other jobs and its heartbeat.
      await breathe();
    }
    json.write("\n]\n");
    files.push(json.end(), csv.end());
    await tellProgress(files.length / 2);
  }
  const manifest = new Entry(zip, "manifest.json");
  manifest.write(`${JSON.stringify(manifestOf(files), null, 2)}\n`);
  manifest.end();
  zip.end();
  if (failure) throw failure;
  return new Uint8Array(Buffer.concat(parts));
}

export class TooLarge extends Error {
  constructor() {
    super("The data is larger than 100 MB when packed. Ask us, or export fewer parts.");
  }
}

class Entry {
  rows = 0;
  #bytes = 0;
  readonly #hash: Hash = createHash("sha256");
  readonly #file: ZipDeflate;

  constructor(zip: Zip, path: string) {
    this.#file = new ZipDeflate(path, { level: 6 });
    zip.add(this.#file);
  }

  write(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.#bytes += bytes.byteLength;
    this.#hash.update(bytes);
    this.#file.push(bytes);
  }

  end(): ManifestFile {
    this.#file.push(new Uint8Array(), true);
    return { path: this.#file.filename, rows: this.rows, bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }
}

function pick(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(
    columns.map((column) => [column, typeof row[column] === "bigint" ? String(row[column]) : (row[column] ?? null)]),
  );
}

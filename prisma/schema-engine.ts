import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";

export const schemaPath = "prisma/schema.prisma";
export const noFilters = { externalTables: [], externalEnums: [] };

/** Prisma's schema engine as WebAssembly: no download, no binary for each platform. */
export async function openSchemaEngine(databaseUrl: string) {
  load();
  const adapter = bindMigrationAwareSqlAdapterFactory(
    new PrismaPg({ connectionString: databaseUrl, application_name: "countersign migrate" }),
  );
  return glue.SchemaEngine.new({ datamodels: [[schemaPath, readFileSync(schemaPath, "utf8")]] }, () => {}, adapter);
}

// Node announces its own import of .wasm files as experimental on every run, hence by hand.
function load() {
  const require = createRequire(import.meta.url);
  const bytes = readFileSync(require.resolve("@prisma/schema-engine-wasm").replace(/\.js$/, "_bg.wasm"));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports,
  });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

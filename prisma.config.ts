import { defineConfig } from "prisma/config";

// Prisma insists on an engine binary and would download one. Nothing here runs it: migrations are applied
// by the WebAssembly engine (prisma/migrate.ts).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});

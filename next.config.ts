import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants";

const config = (phase: string): NextConfig => ({
  distDir: process.env.NEXT_DIST_DIR || ".next",
  reactStrictMode: true,
  poweredByHeader: false,
  // A reverse proxy compresses better, and not on the processor that renders.
  compress: false,
  // For everybody: titles then stand in the head without a script, and are not streamed behind the page.
  htmlLimitedBots: /.*/,
  images: { unoptimized: true },
  // Types are checked on their own, for the whole project.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@node-rs/argon2", "@prisma/client", "@prisma/adapter-pg", "pdfkit", "pg", "pino"],
  agentRules: false,
  // In production the first door stands before Next (src/serve-process.ts), in development it is middleware.dev.ts.
  pageExtensions: [...(phase === PHASE_DEVELOPMENT_SERVER ? ["dev.ts"] : []), "tsx", "ts"],
});

export default config;

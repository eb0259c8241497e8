import pino from "pino";
import { logLevel } from "#env.ts";

/** Structured log for operators; the audit is kept elsewhere. */
export const log = pino({
  level: logLevel(),
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ["*.password", "*.passwordHash", "*.cookie", "*.authorization"],
});

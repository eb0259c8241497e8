import { z } from "zod";

const logLevels = z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info");

const schema = z.object({
  APP_URL: z.url().default("http://localhost:3000"),
  /** Where the staff area has a host of its own. */
  STAFF_URL: z.url().optional(),
  DATABASE_URL: z.url(),
  DATABASE_READER_URL: z.url(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  PRODUCT_AUTH_SECRET: z.string().min(32),
  STAFF_AUTH_SECRET: z.string().min(32),
  STAFF_OIDC_ISSUER: z.url(),
  STAFF_OIDC_CLIENT_ID: z.string().min(1),
  STAFF_OIDC_CLIENT_SECRET: z.string().min(1),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  /** With it, the helpdesk sends its cases to /api/helpdesk/cases; without, there is no such address. */
  HELPDESK_SECRET: z.string().min(32).optional(),
  /** The payment provider; without it, billing is local and nothing is charged. */
  STRIPE_SECRET_KEY: z.string().min(1).optional(),
  STRIPE_WEBHOOK_SECRET: z.string().min(1).optional(),
  STRIPE_API_BASE: z.url().default("https://api.stripe.com"),
  MAIL_FROM: z.string().min(3).default("Countersign <no-reply@countersign.example>"),
  /** Whether a reverse proxy that sets the X-Forwarded headers itself stands in front. */
  TRUSTED_PROXY: z.stringbool().default(false),
  /** Webhooks also by http and to private addresses: for development and tests alone. */
  WEBHOOK_ALLOW_PRIVATE: z.stringbool().default(false),
  LOG_LEVEL: logLevels,
  NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
});

const consistent = schema
  .refine(({ APP_URL, STAFF_URL = APP_URL }) => new URL(STAFF_URL).protocol === new URL(APP_URL).protocol, {
    path: ["STAFF_URL"],
    message: "Both addresses are https, or both are http.",
  })
  .refine(({ STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET }) => Boolean(STRIPE_SECRET_KEY) === Boolean(STRIPE_WEBHOOK_SECRET), {
    path: ["STRIPE_WEBHOOK_SECRET"],
    message: "With STRIPE_SECRET_KEY, and only then.",
  });

let parsed: z.infer<typeof schema> | undefined;

/** The configuration; the first use throws one message that names every variable that is missing or wrong. */
export function env(): z.infer<typeof schema> {
  if (!parsed) {
    const result = consistent.safeParse(process.env);
    if (!result.success) {
      const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
      throw new Error(`The environment is not complete (see .env.example).\n  ${problems.join("\n  ")}`);
    }
    parsed = result.data;
    // next-auth believes this before it believes the Host header of whoever asks. Only the staff's sign-in leaves the site
    // and has to come back to its own address.
    process.env.AUTH_URL = parsed.STAFF_URL ?? parsed.APP_URL;
  }
  return parsed;
}

/** How many processes serve, where that is set; null for what is no number of processes. */
export function webProcesses(): number | undefined | null {
  const wanted = process.env.WEB_PROCESSES;
  return wanted ? (z.coerce.number().int().min(1).max(64).safeParse(wanted).data ?? null) : undefined;
}

/** Separate, so that the log can say what else is missing. */
export function logLevel(): z.infer<typeof logLevels> {
  return logLevels.catch("info").parse(process.env.LOG_LEVEL);
}

/** These two work at the edge, where the rest of the configuration is not needed. */
export function isServedOverHttps(): boolean {
  return process.env.APP_URL?.startsWith("https:") ?? false;
}

export function isDevelopment(): boolean {
  return process.env.NODE_ENV === "development";
}

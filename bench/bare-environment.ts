/** What the application's modules want to know, around a database alone: nobody signs in, and mails wait for ever. */
export function bareEnvironment({ appUrl, readerUrl }: { appUrl: string; readerUrl: string }): Record<string, string> {
  return {
    APP_URL: "http://localhost:9",
    DATABASE_URL: appUrl,
    DATABASE_READER_URL: readerUrl,
    DATABASE_POOL_SIZE: "5",
    PRODUCT_AUTH_SECRET: "bench".repeat(10),
    STAFF_AUTH_SECRET: "hcneb".repeat(10),
    STAFF_OIDC_ISSUER: "http://localhost:9",
    STAFF_OIDC_CLIENT_ID: "none",
    STAFF_OIDC_CLIENT_SECRET: "none",
    SMTP_URL: "smtp://localhost:9",
    STRIPE_SECRET_KEY: "sk_test_bench",
    STRIPE_WEBHOOK_SECRET: "whsec_bench",
    LOG_LEVEL: "silent",
  };
}

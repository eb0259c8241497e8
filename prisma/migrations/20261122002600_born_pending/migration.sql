-- The client writes defaults out. Since settledAt cannot be given, a new row can only be pending.
GRANT INSERT ("state") ON "LedgerEntry", "StripeCall" TO countersign_app;

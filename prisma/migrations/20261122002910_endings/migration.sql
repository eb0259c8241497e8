-- The few that were cancelled and wait for their day.
CREATE INDEX subscription_ending ON "Subscription" ("cancelAt") WHERE "cancelAt" IS NOT NULL;

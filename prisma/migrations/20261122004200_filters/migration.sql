-- What the lists of organizations and people are filtered by: without these, what is rare is found by reading all.
CREATE INDEX subscription_plan_status ON "Subscription" ("planId", "status", "organizationId");
CREATE INDEX lockout_until ON "Lockout" ("until");

-- Plan and status belong together more than chance would have it; the planner takes the right way where it knows.
CREATE STATISTICS subscription_plan_status_together ON "planId", "status" FROM "Subscription";
ANALYZE "Subscription" ("planId", "status");

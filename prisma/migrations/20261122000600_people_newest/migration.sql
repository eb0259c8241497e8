-- People with a common fragment are found by walking from the newest, in the index alone. With fewer samples the planner
-- takes every second common name for a rare one, and reads thousands of rows to show 25.
ALTER TABLE "User" ALTER COLUMN "email" SET STATISTICS 400, ALTER COLUMN "name" SET STATISTICS 400;
CREATE INDEX "User_newest" ON "User" ("id" DESC) INCLUDE ("email", "name");
ANALYZE "User" ("email", "name");

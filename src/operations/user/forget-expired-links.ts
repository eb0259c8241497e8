import { z } from "zod";
import { defineOperation } from "#server/operation.ts";

const mostAtOnce = 500;

export const userForgetExpiredLinks = defineOperation({
  name: "user.forgetExpiredLinks",
  title: "Forget expired links",
  description: "Deletes sign-ups and mailed links a week after they ended, with the addresses in them.",
  target: "System",
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({}),
  summary: () => "Forget sign-ups and mailed links that ended a week ago",
  async run({ db }) {
    const signUps = await db.$executeRaw`
      DELETE FROM "SignUp" WHERE "id" IN (
        SELECT "id" FROM "SignUp" WHERE "expiresAt" < now() - interval '7 days' LIMIT ${mostAtOnce}::int FOR UPDATE SKIP LOCKED)`;
    const links = await db.$executeRaw`
      DELETE FROM "AccountToken" WHERE "id" IN (
        SELECT "id" FROM "AccountToken" WHERE "expiresAt" < now() - interval '7 days' LIMIT ${mostAtOnce}::int FOR UPDATE SKIP LOCKED)`;
    return { forgotten: signUps + links };
  },
});

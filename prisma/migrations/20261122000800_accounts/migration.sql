-- Failed sign-ins are counted in SignInThrottle, by the address typed: the same whether or not it has an account.
CALL audit_table_again('User', '{passwordHash,totpSecret}', '{email}', '{totpLastStep,lastSeenAt}');

-- AlterTable
ALTER TABLE "User" DROP COLUMN "failedSignIns";

-- The page of a mailed link shows what it confirms, and staff see how often somebody failed.
GRANT SELECT ("id", "email", "name", "organizationName", "createdAt", "expiresAt", "usedAt") ON "SignUp" TO countersign_reader;
GRANT SELECT ON "SignInThrottle" TO countersign_reader;

-- What the helpdesk told about a customer goes with the customer.
DELETE FROM "SupportCase" c WHERE NOT EXISTS (SELECT 1 FROM "Organization" o WHERE o."id" = c."organizationId") AND c."organizationId" IS NOT NULL;
-- AddForeignKey
ALTER TABLE "SupportCase" ADD CONSTRAINT "SupportCase_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Numbers come from the payment provider's account or from an import: two customers may have the same one.
DROP INDEX "Invoice_number_key";
CREATE UNIQUE INDEX "Invoice_organizationId_number_key" ON "Invoice"("organizationId", "number");
-- For the list in the order of numbers.
CREATE INDEX "Invoice_number_id_idx" ON "Invoice"("number", "id");

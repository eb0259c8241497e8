-- For the list of all invoices: by how they stand, and by how their number begins.
CREATE INDEX "Invoice_status_id_idx" ON "Invoice" ("status", "id");
CREATE INDEX invoice_number_prefix ON "Invoice" ("number" text_pattern_ops);

import { declarations } from "#generated/declarations.ts";
import { Prisma } from "#generated/prisma/client.ts";
import { AppError } from "../errors.ts";
import { ensureEvent, findAuditScope } from "./scope.ts";

const writes = new Set([
  "create",
  "createMany",
  "createManyAndReturn",
  "update",
  "updateMany",
  "updateManyAndReturn",
  "upsert",
  "delete",
  "deleteMany",
]);

/**
 * Outside an audit scope every change of an audited model is refused; inside, the event is written first. The row
 * triggers enforce the same in the database, for raw SQL, nested writes and cascades too: this one only speaks earlier.
 */
export const auditExtension = Prisma.defineExtension({
  name: "audit",
  query: {
    async $allOperations({ model, operation, args, query }) {
      const audited = model ? declarations[model as keyof typeof declarations].audited : operation.startsWith("$executeRaw");
      if (!audited || (model && !writes.has(operation))) return query(args);
      const scope = findAuditScope();
      if (scope) await ensureEvent(scope);
      else if (model)
        throw new AppError("INTERNAL", {
          message: `${model}.${operation} outside an audit scope: change data in an operation, or inside audited().`,
        });
      return query(args);
    },
  },
});

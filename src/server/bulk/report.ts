import { toDecimal } from "#lib/money.ts";
import { csvCell } from "../audit/export.ts";
import { reader } from "../db.ts";

/** Every target with what became of it: at most ten thousand lines. */
export async function bulkReport(bulkRunId: string): Promise<string> {
  const items = await reader().bulkItem.findMany({ where: { bulkRunId }, orderBy: { position: "asc" } });
  const lines = items.map(({ position, targetId, targetLabel, state, message, summary, amount, currency, eventId }) =>
    [
      position + 1,
      targetId,
      targetLabel,
      state,
      message,
      summary,
      amount !== null && currency ? toDecimal(amount, currency) : null,
      currency,
      eventId,
    ]
      .map(csvCell)
      .join(","),
  );
  return [["number", "target", "name", "state", "message", "summary", "amount", "currency", "event"].join(","), ...lines, ""].join("\r\n");
}

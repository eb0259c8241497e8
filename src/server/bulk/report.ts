import { toDecimal } from "#lib/money.ts";
import { csvCell } from "../audit/export.ts";
import { reader } from "../db.ts";

const columns = ["number", "target", "name", "state", "message", "summary", "amount", "currency", "event"];

/** Every target with what became of it: at most ten thousand lines. `show` decides what of a name may be seen. */
export async function bulkReport(bulkRunId: string, show: (name: string) => string): Promise<string> {
  const items = await reader().bulkItem.findMany({ where: { bulkRunId }, orderBy: { position: "asc" } });
  const lines = items.map(({ position, targetId, targetLabel, state, message, summary, amount, currency, eventId }) => {
    const money = amount !== null && currency ? toDecimal(amount, currency) : null;
    const cells = [position + 1, show(targetId), targetLabel && show(targetLabel), state, message, summary, money, currency, eventId];
    return cells.map(csvCell).join(",");
  });
  return [columns.join(","), ...lines, ""].join("\r\n");
}

import { formatMoney } from "#lib/money.ts";
import { humanize } from "#lib/text.ts";
import { formatValue } from "./format-value.ts";
import { Id } from "./id.tsx";

type Fields = Record<string, unknown> | null;
type Change = { tableName: string; rowId: string; before: Fields; after: Fields };

/** Every row that changes, field by field: before → after. */
export function ChangesTable({ changes }: { changes: readonly Change[] }) {
  return changes.map((change, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: new rows have no id yet, and the list never changes on the page
    <ChangedRow key={index} {...change} />
  ));
}

function ChangedRow({ tableName, rowId, before, after }: Change) {
  const verb = !before ? "created" : !after ? "deleted" : "changed";
  const fields = Object.keys({ ...before, ...after }).filter(
    (field) => field !== "id" && (verb === "changed" || hasValue((after ?? before)?.[field])),
  );
  return (
    <section className={`diff scroll ${verb}`} aria-label={`${humanize(tableName)} ${verb}`}>
      <table>
        <caption>
          {humanize(tableName)} {verb} {rowId !== "[new]" && <Id>{rowId}</Id>}
        </caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            {verb !== "created" && <th scope="col">Before</th>}
            {verb !== "deleted" && <th scope="col">{verb === "created" ? "Value" : "After"}</th>}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{humanize(field)}</th>
              {verb !== "created" && (
                <td>
                  <del>{formatField(field, before, after)}</del>
                </td>
              )}
              {verb !== "deleted" && (
                <td>
                  <ins>{formatField(field, after, before)}</ins>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Amounts with the currency that the row says, where it does. */
function formatField(field: string, fields: Fields, others: Fields): string {
  const value = fields?.[field];
  const currency = fields?.currency ?? others?.currency;
  const isMoney = /^amount/.test(field) && Number.isSafeInteger(value) && typeof currency === "string";
  return isMoney ? formatMoney(value as number, currency) : formatValue(value);
}

function hasValue(value: unknown): boolean {
  return value !== null && value !== undefined && value !== "";
}

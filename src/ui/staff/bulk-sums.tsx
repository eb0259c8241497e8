import { formatMoney } from "#lib/money.ts";
import { plural } from "#lib/text.ts";

type Props = {
  amounts: readonly { currency: string; count: number; sum: number; median: number; largest: number }[];
  outliers: readonly { position: number; targetId: string; targetLabel: string | null; amount: number; currency: string }[];
  refusals: readonly { message: string; count: number }[];
};

/** Sums, what stands out, and why targets are left out. */
export function BulkSums({ amounts, outliers, refusals }: Props) {
  return (
    <>
      {amounts.length > 0 && (
        <>
          <h2>Money</h2>
          <ul>
            {amounts.map(({ currency, count, sum, median, largest }) => (
              <li key={currency}>
                {formatMoney(sum, currency)} for {plural(count, "target")}: {formatMoney(median, currency)} in the middle,{" "}
                {formatMoney(largest, currency)} at most
              </li>
            ))}
            {outliers.map(({ position, targetId, targetLabel, amount, currency }) => (
              <li key={position}>
                Unusually much: {formatMoney(amount, currency)} for {targetLabel ?? targetId}
              </li>
            ))}
          </ul>
        </>
      )}
      {refusals.length > 0 && (
        <>
          <h2>Left out, and failed</h2>
          <ul>
            {refusals.map(({ message, count }) => (
              <li key={message}>
                {count.toLocaleString("en-GB")} × {message}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

import type { ReactNode } from "react";
import { Still } from "./still.tsx";

/** A table that scrolls inside itself where the screen is too narrow. `children` are its rows, which need no client. */
export function DataTable({ label, columns, children }: { label: string; columns: readonly string[]; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls with the arrow keys
    <section className="scroll" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <Still as="tbody">{children}</Still>
      </table>
    </section>
  );
}

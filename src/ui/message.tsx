import type { ReactNode } from "react";

/** Something that the reader must not miss; errors are announced. */
export function Message({ tone, children }: { tone: "error" | "success" | "notice"; children: ReactNode }) {
  return (
    <p className={`message ${tone}`} role={tone === "error" ? "alert" : "status"}>
      {children}
    </p>
  );
}

import type { Metadata } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import "#ui/styles.css";

export const metadata: Metadata = { title: { default: "Countersign", template: "%s · Countersign" } };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Scripts carry a nonce of their request, so no page may be rendered beforehand.
  await connection();
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}

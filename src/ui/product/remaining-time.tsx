"use client";

import { useEffect, useState } from "react";

/** Counts down where scripts run; elsewhere `initial` stays. */
export function RemainingTime({ expiresAt, initial }: { expiresAt: string; initial: string }) {
  const [text, setText] = useState(initial);
  useEffect(() => {
    const show = () => setText(countdown(Date.parse(expiresAt) - Date.now()));
    show();
    const timer = setInterval(show, 1_000);
    return () => clearInterval(timer);
  }, [expiresAt]);
  return <span role="timer">{text}</span>;
}

function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  return `in ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

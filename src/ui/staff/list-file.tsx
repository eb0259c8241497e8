"use client";

import { type ChangeEvent, useEffect, useState } from "react";

const mostBytes = 900_000;

/** Fills a text field of the same form from a file; without a script the text is pasted instead, so this is not shown. */
export function ListFile({ into }: { into: string }) {
  const [inBrowser, setInBrowser] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => setInBrowser(true), []);
  if (!inBrowser) return null;

  async function read({ target }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = target.files?.[0];
    const field = target.form?.elements.namedItem(into);
    if (!file || !(field instanceof HTMLTextAreaElement)) return;
    setProblem(file.size > mostBytes ? "This file is too large." : null);
    if (file.size <= mostBytes) field.value = await file.text();
  }

  return (
    <div className="field">
      <label htmlFor={`${into}-file`}>Or take them from a CSV file</label>
      <input id={`${into}-file`} type="file" accept=".csv,.txt,text/csv,text/plain" onChange={read} />
      {problem && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

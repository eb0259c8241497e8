import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { queryClient, trpc } from "./staff-client.ts";

export type Suggestion = { id: string; label: string; detail: string; path: string };

/** What the search finds for what was typed, a quarter of a second after the last key; null while there is nothing to say. */
export function useSearch(typed: string): Suggestion[] | null {
  const query = useDelayed(typed.trim(), 250);
  const enabled = query.length >= 3;
  const { data } = useQuery(trpc.search.find.queryOptions({ query }, { enabled, placeholderData: keepPreviousData }), queryClient);
  if (!enabled || typed.trim().length < 3 || !data) return null;
  if (data.goTo) return [{ id: data.goTo, label: `Open ${data.query}`, detail: "", path: data.goTo }];
  return data.hits
    .slice(0, 10)
    .map(({ id, type, label, detail, path }) => ({ id, label, detail: `${type.toLowerCase()}, ${detail}`, path }));
}

function useDelayed(value: string, milliseconds: number): string {
  const [delayed, setDelayed] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return delayed;
}

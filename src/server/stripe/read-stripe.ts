export function idOf(value: string | { id: string } | null): string | null {
  return typeof value === "string" ? value : (value?.id ?? null);
}

export function toTime(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}

export function toTimeOrNull(seconds: number | null): string | null {
  return seconds === null ? null : toTime(seconds);
}

const form = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether this is a UUID as PostgreSQL writes it; it refuses to compare one with anything else. */
export function isUuid(value: string): boolean {
  return form.test(value);
}

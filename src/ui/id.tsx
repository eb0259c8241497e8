/** An id that one click selects whole, ready to copy. */
export function Id({ children }: { children: string }) {
  return <code className="id">{children}</code>;
}

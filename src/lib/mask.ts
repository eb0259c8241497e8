/** What is left of a personal value when it is hidden: enough to recognise, not to use. The audit's triggers do the same. */
export function maskPersonal(value: string): string {
  const at = value.indexOf("@");
  return at > 0 ? `${value.slice(0, 1)}•••${value.slice(at)}` : `${value.slice(0, 1)}•••`;
}

/** A text for people who do not read addresses: those in it are masked. */
export function maskAddresses(text: string): string {
  return text.replace(/[^\s<>"'(),;:@]+@[^\s<>"'(),;:@]+/g, maskPersonal);
}

/** Names that no other cookie's name begins with: next-auth takes every cookie that begins so for a part of it. */
export const sessionCookies = { product: "countersign.product-session", staff: "countersign.staff-session" } as const;
export const impersonationCookieName = "countersign.impersonation";

export type Surface = keyof typeof sessionCookies;

export const user = { select: { id: true, email: true, name: true } } as const;
export const organization = { select: { id: true, name: true, slug: true } } as const;

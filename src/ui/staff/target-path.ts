type Target = { targetType: string | null; targetId: string | null };

const pages: Record<string, (id: string) => string> = {
  Organization: (id) => `/admin/organizations/${id}`,
  Invoice: (id) => `/admin/invoices/${id}`,
  User: (id) => `/admin/users/${id}`,
  Impersonation: (id) => `/admin/impersonations/${id}`,
  Job: (id) => `/admin/jobs/${id}`,
  StaffMember: () => "/admin/staff",
  System: () => "/admin",
};

/** Where staff look at what an event was about; the search knows the owner of what has no page of its own. */
export function findTargetPath({ targetType, targetId }: Target): string | null {
  if (!targetType || !targetId) return null;
  return pages[targetType]?.(targetId) ?? `/admin/search?q=${encodeURIComponent(targetId)}`;
}

type Target = { targetType: string | null; targetId: string | null };

const pages: Record<string, (id: string) => string> = {
  Organization: (id) => `/admin/organizations/${id}`,
  User: (id) => `/admin/users/${id}`,
  Impersonation: (id) => `/admin/impersonations/${id}`,
  StaffMember: () => "/admin/staff",
  Job: (id) => `/admin/jobs/${id}`,
  System: () => "/admin",
};

/** Where staff look at what an event was about; the search knows the owner of what has no page of its own. */
export function findTargetPath({ targetType, targetId }: Target): string | null {
  if (!targetType || !targetId) return null;
  return pages[targetType]?.(targetId) ?? `/admin/search?q=${encodeURIComponent(targetId)}`;
}

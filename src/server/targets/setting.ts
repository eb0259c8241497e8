import { findSetting, isSettingKey, settingValue } from "#domain/settings.ts";
import { defineTarget } from "./define-target.ts";

export const settingTarget = defineTarget({
  title: "Setting",
  /** Every setting of the code is there, whether or not a row differs from its default. */
  find: async (db, { id }: { id: string; AND?: unknown }) => {
    if (!isSettingKey(id)) return null;
    const row = await db.setting.findUnique({ where: { id }, select: { value: true } });
    return { id, isDefault: row === null, value: settingValue(id, row?.value) as unknown };
  },
  label: ({ id }) => findSetting(id).title,
  organizationId: () => null,
  phrase: ({ id }) => id,
  path: ({ id }) => `/admin/settings/${id}`,
});

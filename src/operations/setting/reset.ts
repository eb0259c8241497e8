import { z } from "zod";
import { findSetting, type SettingKey } from "#domain/settings.ts";
import { defineOperation } from "#server/operation.ts";
import { inverseOfChange } from "#server/setting-operation.ts";

export const settingReset = defineOperation({
  name: "setting.reset",
  title: "Back to the default",
  description: "Forgets what was set, so that the default counts again.",
  target: "Setting",
  allow: { engineering: true },
  risk: "risky",
  input: z.strictObject({}),
  unavailable: (target) => (target.isDefault ? "It has its default already." : null),
  inverse: ({ targetId, changes }) => inverseOfChange(targetId as SettingKey, changes[0]?.before?.value),
  summary({ target }) {
    const { title, inWords, default: fallback } = findSetting(target.id);
    return `Set “${title}” from ${inWords(target.value)} back to its default, ${inWords(fallback)}`;
  },
  consequences: () => ["It counts for every process within two seconds."],
  async run({ db, target }) {
    await db.setting.delete({ where: { id: target.id }, select: { id: true } });
  },
});

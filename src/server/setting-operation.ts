import { findSetting, fromForm, type SettingKey, settingForm, toForm } from "#domain/settings.ts";
import type { InputJsonValue } from "#generated/prisma/internal/prismaNamespace.ts";
import { canonicalJson } from "#lib/canonical-json.ts";
import { AppError } from "./errors.ts";
import { defineOperation } from "./operation.ts";

/** "maintenance" → "setting.changeMaintenance". */
export function changeSettingName<Key extends SettingKey>(key: Key) {
  return `setting.change${key.charAt(0).toUpperCase()}${key.slice(1)}` as `setting.change${Capitalize<Key>}`;
}

/** The operation that changes one setting; form, checks and words come from its definition. */
export function defineSettingOperation<Key extends SettingKey>(key: Key) {
  const { title, description, inWords } = findSetting(key);
  return defineOperation({
    name: changeSettingName(key),
    title: `Change “${title}”`,
    description,
    target: "Setting",
    allow: { engineering: { id: key } },
    risk: "risky",
    input: settingForm(key),
    unavailable: (target) => (target.id === key ? null : `This changes “${title}” and nothing else.`),
    defaults: (target) => toForm(key, target.value),
    inverse: ({ changes }) => inverseOfChange(key, changes[0]?.before?.value),
    summary: ({ target, input }) => `Change “${title}” from ${inWords(target.value)} to ${inWords(fromForm(key, input))}`,
    consequences: () => ["It counts for every process within two seconds."],
    async run({ db, target, input }) {
      const value = fromForm(key, input);
      if (canonicalJson(value) === canonicalJson(target.value)) {
        const field = Object.keys(input)[0];
        throw new AppError("CONFLICT", {
          userMessage: "It is that already.",
          details: { fields: { [`input.${field}`]: "It is that already." } },
        });
      }
      const json = value as InputJsonValue;
      await db.setting.upsert({
        where: { id: key },
        create: { id: key, value: json },
        update: { value: json, updatedAt: new Date() },
        select: { id: true },
      });
    },
  });
}

/** Takes a change or a reset back: to the value before, or to the default where there was none. */
export function inverseOfChange(key: SettingKey, before: unknown) {
  return before === undefined || before === null
    ? { operation: "setting.reset" }
    : { operation: changeSettingName(key), input: toForm(key, before) };
}

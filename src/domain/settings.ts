import { z } from "zod";
import { plural, text } from "#lib/text.ts";
import { budgetFields, budgetsInWords, defaultThresholds, thresholdFields, thresholdsInWords } from "./approvals.ts";
import { businessHoursFields, businessHoursInWords } from "./business-hours.ts";

type Definition<Schema extends z.ZodType> = {
  title: string;
  /** One sentence: what follows from it. */
  description: string;
  group: "Availability" | "Limits" | "Thresholds" | "Customers";
  /** An object has a field for each of its entries in the form; anything else is one field, with its title. */
  schema: Schema;
  default: z.output<Schema>;
  /** The value as a person reads it. */
  inWords(value: z.output<Schema>): string;
};

function setting<Schema extends z.ZodType>(definition: Definition<Schema>): Definition<Schema> {
  return definition;
}

function whole({ title, help, min, max }: { title: string; help?: string; min: number; max: number }) {
  return z
    .int("Enter a whole number.")
    .min(min, `At least ${min.toLocaleString("en-GB")}.`)
    .max(max, `At most ${max.toLocaleString("en-GB")}.`)
    .meta({ title, ...(help && { help }) });
}

/** What staff change without a deployment. A new one also needs its operation, in `src/operations/setting`. */
export const settings = {
  maintenance: setting({
    title: "Maintenance",
    description: "While on, customers see the message instead of the product, and the API refuses with 503. Pings are taken.",
    group: "Availability",
    schema: z.strictObject({
      on: z.boolean().meta({ title: "On" }),
      message: text({ max: 300 }).meta({ title: "Message", help: "What customers read meanwhile" }),
    }),
    default: { on: false, message: "We are working on Countersign. It will be back soon." },
    inWords: ({ on, message }) => `${on ? "On" : "Off"}: “${message}”`,
  }),
  maximumUploadBytes: setting({
    title: "Maximum upload",
    description: "The largest form or API request that is read; a larger one is refused with 413.",
    group: "Limits",
    // Below this, the form that sets it could not be sent any more.
    schema: whole({ title: "Bytes", help: "1,000,000 is a megabyte", min: 20_000, max: 50_000_000 }),
    default: 1_000_000,
    inWords: (bytes) => plural(bytes, "byte"),
  }),
  approvalThresholds: setting({
    title: "Amounts without approval",
    description: "The most that one person of each role may give a customer alone; above it a second person has to agree.",
    group: "Thresholds",
    schema: thresholdFields,
    default: defaultThresholds,
    inWords: thresholdsInWords,
  }),
  budgets: setting({
    title: "Budgets without approval",
    description: "How much may be given alone over time; what goes beyond it needs a second person, however small it is.",
    group: "Thresholds",
    schema: budgetFields,
    default: { staffMemberADay: 50_000, customerAMonth: 20_000 },
    inWords: budgetsInWords,
  }),
  operationsPerTenMinutes: setting({
    title: "Operations in ten minutes",
    description: "How many operations one staff member may run in ten minutes before an alert is raised.",
    group: "Thresholds",
    schema: whole({ title: "Operations", min: 1, max: 10_000 }),
    default: 30,
    inWords: (count) => plural(count, "operation"),
  }),
  impersonationReviewPercent: setting({
    title: "Impersonations to review",
    description: "How many of the read-only impersonations a second person looks at; those that could write always are.",
    group: "Thresholds",
    schema: whole({ title: "Percent", min: 0, max: 100 }),
    default: 10,
    inWords: (percent) => `${percent} %`,
  }),
  businessHours: setting({
    title: "Business hours",
    description: "Impersonation outside of them raises an alert.",
    group: "Thresholds",
    schema: businessHoursFields,
    default: {
      timeZone: "UTC",
      monday: true,
      tuesday: true,
      wednesday: true,
      thursday: true,
      friday: true,
      saturday: false,
      sunday: false,
      from: "07:00",
      to: "19:00",
    },
    inWords: businessHoursInWords,
  }),
  supportMails: setting({
    title: "Mail after an impersonation",
    description: "Whether owners of new organizations are told by mail when staff have looked; each owner changes it for their own.",
    group: "Customers",
    schema: z.boolean().meta({ title: "New organizations get it" }),
    default: true,
    inWords: (on) => (on ? "New organizations get it" : "New organizations do not get it"),
  }),
};

export type SettingKey = keyof typeof settings;
export type SettingValue<Key extends SettingKey> = z.output<(typeof settings)[Key]["schema"]>;
export type Settings = { readonly [Key in SettingKey]: SettingValue<Key> };

export const settingKeys = Object.keys(settings) as SettingKey[];

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(settings, key);
}

/** The definition, where the key is only known to be one. */
export function findSetting(key: SettingKey): Definition<z.ZodType> {
  return settings[key] as unknown as Definition<z.ZodType>;
}

/**
 * What is stored, if it is still what the setting takes; the default where nothing is, or something that no longer fits.
 * Thresholds that came later than what is stored are as by default, and leave the others as somebody decided.
 */
export function settingValue<Key extends SettingKey>(key: Key, stored: unknown): SettingValue<Key> {
  const { schema, default: fallback } = findSetting(key);
  const parsed = schema.safeParse(key === "approvalThresholds" ? withDefaults(stored) : stored);
  return (parsed.success ? parsed.data : fallback) as SettingValue<Key>;
}

function withDefaults(stored: unknown): unknown {
  return typeof stored === "object" && stored !== null ? { ...defaultThresholds, ...stored } : stored;
}

/** The form's fields: those of an object, or a single one called `value`. */
export function settingForm(key: SettingKey): z.ZodObject {
  const { schema } = findSetting(key);
  return schema instanceof z.ZodObject ? schema : z.strictObject({ value: schema });
}

export function toForm(key: SettingKey, value: unknown): Record<string, unknown> {
  return findSetting(key).schema instanceof z.ZodObject ? (value as Record<string, unknown>) : { value };
}

export function fromForm(key: SettingKey, form: Record<string, unknown>): unknown {
  return findSetting(key).schema instanceof z.ZodObject ? form : form.value;
}

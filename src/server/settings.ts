import { setTimeout as wait } from "node:timers/promises";
import { type SettingKey, type Settings, type SettingValue, settingKeys, settingValue } from "#domain/settings.ts";
import { reader } from "./db.ts";
import { log } from "./log.ts";

const freshFor = 1_500;
const patience = 1_000;

type Cache = { known?: Settings; readAt: number; reading?: Promise<Settings> | undefined };
// One for the process, also where the bundler loads this module more than once.
const shared = globalThis as typeof globalThis & { countersignSettings?: Cache };
shared.countersignSettings ??= { readAt: Number.NEGATIVE_INFINITY };
const cache = shared.countersignSettings;

/** A system setting as it is now, or was at most two seconds ago. */
export async function getSetting<Key extends SettingKey>(key: Key): Promise<SettingValue<Key>> {
  return (await allSettings())[key] as SettingValue<Key>;
}

/**
 * While the database is away the last known values count. A process that has never reached it throws: it could do
 * nothing else either, and a default may be laxer than what somebody has set.
 */
async function allSettings(): Promise<Settings> {
  if (cache.known && performance.now() - cache.readAt < freshFor) return cache.known;
  cache.reading ??= readSettings().finally(() => {
    cache.reading = undefined;
  });
  try {
    return await (cache.known ? inTime(cache.reading) : cache.reading);
  } catch (error) {
    if (!cache.known) throw error;
    log.warn({ err: error }, "the settings could not be read; the last known ones count");
    cache.readAt = performance.now();
    return cache.known;
  }
}

/** A database that stands still must not hold up every request for as long as it may take to notice. */
async function inTime<Result>(reading: Promise<Result>): Promise<Result> {
  const late = wait(patience, undefined, { ref: false }).then(() => {
    throw new Error("The settings were not read in time.");
  });
  return Promise.race([reading, late]);
}

async function readSettings(): Promise<Settings> {
  // The age counts from before the question, so that it never says more than the database did.
  const askedAt = performance.now();
  const rows = await reader().setting.findMany({ select: { id: true, value: true } });
  const stored = new Map(rows.map(({ id, value }) => [id, value]));
  cache.known = Object.fromEntries(settingKeys.map((key) => [key, settingValue(key, stored.get(key))])) as Settings;
  cache.readAt = askedAt;
  return cache.known;
}

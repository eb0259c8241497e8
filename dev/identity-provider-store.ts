import type { Adapter, AdapterPayload } from "oidc-provider";

type Entry = { payload: AdapterPayload; expiresAt: number };

/** Sign-ins under way and sessions of one identity provider, in memory: a restart signs everyone out there. */
export function createStore() {
  const entries = new Map<string, Entry>();
  setInterval(() => dropExpired(entries), 60_000).unref();
  return (kind: string) => createAdapter(entries, kind);
}

function createAdapter(entries: Map<string, Entry>, kind: string): Adapter {
  const keyOf = (id: string) => `${kind}:${id}`;
  return {
    async upsert(id, payload, expiresIn) {
      entries.set(keyOf(id), { payload, expiresAt: expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY });
    },
    async find(id) {
      return readEntry(entries.get(keyOf(id)));
    },
    async findByUid(uid) {
      return readEntry(entriesOf(entries, kind).find((entry) => entry.payload.uid === uid));
    },
    async findByUserCode(userCode) {
      return readEntry(entriesOf(entries, kind).find((entry) => entry.payload.userCode === userCode));
    },
    async consume(id) {
      const entry = entries.get(keyOf(id));
      if (entry) entry.payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      entries.delete(keyOf(id));
    },
    async revokeByGrantId(grantId) {
      for (const [key, entry] of entries) if (entry.payload.grantId === grantId) entries.delete(key);
    },
  };
}

function entriesOf(entries: Map<string, Entry>, kind: string) {
  return [...entries].filter(([key]) => key.startsWith(`${kind}:`)).map(([, entry]) => entry);
}

function readEntry(entry: Entry | undefined) {
  return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
}

function dropExpired(entries: Map<string, Entry>) {
  for (const [key, entry] of entries) if (entry.expiresAt <= Date.now()) entries.delete(key);
}

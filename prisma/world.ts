import type { OrganizationRole, SubscriptionStatus } from "#generated/prisma/enums.ts";

/** How a monitor's pings arrive: on time until now, until some hours ago, or never. */
type PingStory = { stoppedHoursAgo: number } | "onTime" | "never";
export type WorldMonitor = { name: string; everyMinutes: number; graceMinutes: number; pings: PingStory };
export type Person = { name: string; email: string; lockedOut?: true };
export type WorldMember = { person: Person; role: OrganizationRole };

export type WorldOrganization = {
  name: string;
  slug: string;
  plan: PlanId;
  status: SubscriptionStatus;
  seats: number;
  createdDaysAgo: number;
  /** Negative for a trial that has ended. */
  trialEndsInDays?: number;
  periodEndsInDays?: number;
  stripeCustomerId?: string;
  suspension?: { reason: string; ticket: string };
  members: WorldMember[];
  monitors: WorldMonitor[];
};

/** Every customer of the demo world signs in with this. */
export const demoPassword = "correct horse battery";

export const plans = [
  { id: "free", name: "Free", monitors: 3, seats: 2, pingsPerMinute: 10, historyDays: 7, trialDays: 0 },
  { id: "team", name: "Team", monitors: 25, seats: 25, pingsPerMinute: 100, historyDays: 90, trialDays: 30 },
  { id: "business", name: "Business", monitors: 250, seats: 250, pingsPerMinute: 1000, historyDays: 365, trialDays: 30 },
] as const;

type PlanId = (typeof plans)[number]["id"];

export const people = {
  adaMarlow: person("Ada Marlow", "ada.marlow@northwind-labs.example"),
  jonasWeller: person("Jonas Weller", "jonas.weller@northwind-labs.example"),
  ninaCastellanos: person("Nina Castellanos", "nina.castellanos@northwind-labs.example"),
  tomasRivera: { ...person("Tomás Rivera", "tomas.rivera@northwind-labs.example"), lockedOut: true },
  leilaHaddad: person("Leila Haddad", "leila.haddad@northwind-labs.example"),
  gracePemberton: person("Grace Pemberton", "grace@harbour-and-pine.example"),
  owenTrask: person("Owen Trask", "owen@harbour-and-pine.example"),
  chidiOkonkwo: person("Chidi Okonkwo", "chidi.okonkwo@okonkwo-logistics.example"),
  amaraOkonkwo: person("Amara Okonkwo", "amara.okonkwo@okonkwo-logistics.example"),
  zofiaWrobel: person("Zofia Wróbel", "zofia.wrobel@lodz-bicycles.example"),
  inesQuimera: person("Inés Quimera", "ines@estudio-quimera.example"),
  sakuraTanaka: person("田中 さくら", "sakura.tanaka@hokkyokusei.example"),
  marthaEllery: person("Martha Ellery", "martha.ellery@blue-heron-vets.example"),
  arjunVenkataraman: person("Arjun Venkataraman", "arjun.v@tamarind-health.example"),
  ingridSolheim: person("Ingrid Solheim", "ingrid.solheim@fjordlys.example"),
  hugoFerrand: person("Hugo Ferrand", "hugo@ferrand-cartography.example"),
  thandiweDlamini: person("Thandiwe Dlamini", "thandiwe.dlamini@mzansi-payments.example"),
  rubenAdler: person("Ruben Adler", "ruben.adler@kestrel-aerospace.example"),
  fatimaElAmrani: person("Fatima El Amrani", "fatima@atlas-argan.example"),
} satisfies Record<string, Person>;

export const organizations = {
  northwindLabs: {
    name: "Northwind Labs", slug: "northwind-labs", plan: "team", status: "trialing", seats: 6, createdDaysAgo: 24, trialEndsInDays: 6,
    stripeCustomerId: "cus_SkQ4mVt2Lr8pXa",
    members: [owner(people.adaMarlow), admin(people.jonasWeller), member(people.ninaCastellanos), member(people.tomasRivera), member(people.leilaHaddad)],
    monitors: [
      { name: "Nightly database backup", everyMinutes: 1440, graceMinutes: 60, pings: "onTime" },
      { name: "Sensor ingest", everyMinutes: 15, graceMinutes: 5, pings: "onTime" },
      { name: "Invoice export", everyMinutes: 60, graceMinutes: 15, pings: { stoppedHoursAgo: 7 } },
      { name: "Certificate renewal", everyMinutes: 10_080, graceMinutes: 720, pings: "never" },
    ],
  },
  harbourAndPine: {
    name: "Harbour & Pine Coffee", slug: "harbour-and-pine", plan: "team", status: "trialing", seats: 3, createdDaysAgo: 2, trialEndsInDays: 28,
    members: [owner(people.gracePemberton), member(people.owenTrask)],
    monitors: [{ name: "Till synchronisation", everyMinutes: 30, graceMinutes: 10, pings: "onTime" }],
  },
  okonkwoLogistics: {
    name: "Okonkwo Logistics", slug: "okonkwo-logistics", plan: "business", status: "active", seats: 12, createdDaysAgo: 611, periodEndsInDays: 17,
    stripeCustomerId: "cus_Nw7bQe0HsYk3Tf",
    members: [
      owner(people.chidiOkonkwo), admin(people.amaraOkonkwo), admin(person("Mateusz Baran", "mateusz.baran@okonkwo-logistics.example")),
      member(person("Siobhán Ó Dálaigh", "siobhan@okonkwo-logistics.example")), member(person("Deniz Yılmaz", "deniz.yilmaz@okonkwo-logistics.example")),
      member(person("Kwame Boateng", "kwame.boateng@okonkwo-logistics.example")), member(person("Li Na", "li.na@okonkwo-logistics.example")),
      member(person("Rosa-Maria van der Berg", "rosa-maria@okonkwo-logistics.example")), member(person("Bao Nguyễn", "bao.nguyen@okonkwo-logistics.example")),
    ],
    monitors: [
      { name: "Route planner", everyMinutes: 10, graceMinutes: 5, pings: "onTime" },
      { name: "Customs declarations", everyMinutes: 60, graceMinutes: 30, pings: "onTime" },
      { name: "Fleet telemetry archive", everyMinutes: 360, graceMinutes: 60, pings: "onTime" },
      { name: "Driver payroll", everyMinutes: 1440, graceMinutes: 120, pings: { stoppedHoursAgo: 30 } },
      { name: "Fuel price import", everyMinutes: 30, graceMinutes: 10, pings: "onTime" },
    ],
  },
  lodzBicycles: {
    name: "Łódzkie Rowery", slug: "lodz-bicycles", plan: "team", status: "active", seats: 4, createdDaysAgo: 203, periodEndsInDays: 9,
    stripeCustomerId: "cus_Qp2fJd6WzUc9Bn",
    members: [owner(people.zofiaWrobel), admin(person("Piotr Wróbel", "piotr.wrobel@lodz-bicycles.example")), member(people.amaraOkonkwo), member(person("Hanna Lis", "hanna.lis@lodz-bicycles.example"))],
    monitors: [
      { name: "Stock levels", everyMinutes: 20, graceMinutes: 10, pings: "onTime" },
      { name: "Newsletter", everyMinutes: 10_080, graceMinutes: 1440, pings: "onTime" },
    ],
  },
  estudioQuimera: {
    name: "Estudio Quimera", slug: "estudio-quimera", plan: "team", status: "pastDue", seats: 3, createdDaysAgo: 388, periodEndsInDays: -4,
    stripeCustomerId: "cus_Mh5xRg1KvNe7Zq",
    members: [owner(people.inesQuimera), member(person("Xavi Puig", "xavi@estudio-quimera.example")), member(person("Aitana Soler", "aitana@estudio-quimera.example"))],
    monitors: [{ name: "Render farm", everyMinutes: 15, graceMinutes: 15, pings: { stoppedHoursAgo: 1 } }],
  },
  hokkyokusei: {
    name: "北極星ソフトウェア", slug: "hokkyokusei", plan: "business", status: "active", seats: 8, createdDaysAgo: 947, periodEndsInDays: 241,
    stripeCustomerId: "cus_KbT8yLw3FaXo5M",
    members: [owner(people.sakuraTanaka), admin(person("Kenji Mori", "kenji.mori@hokkyokusei.example")), member(person("Emi Sato", "emi.sato@hokkyokusei.example")), member(person("Park Ji-woo", "jiwoo.park@hokkyokusei.example"))],
    monitors: [
      { name: "決済バッチ", everyMinutes: 60, graceMinutes: 20, pings: "onTime" },
      { name: "Search index rebuild", everyMinutes: 720, graceMinutes: 60, pings: "onTime" },
      { name: "Log rotation", everyMinutes: 1440, graceMinutes: 60, pings: "onTime" },
    ],
  },
  blueHeronVets: {
    name: "Blue Heron Veterinary", slug: "blue-heron-vets", plan: "team", status: "canceled", seats: 2, createdDaysAgo: 514, periodEndsInDays: -38,
    stripeCustomerId: "cus_LrE9uCj4SdGw2H",
    members: [owner(people.marthaEllery), admin(person("Desmond Achebe", "desmond@blue-heron-vets.example"))],
    monitors: [{ name: "Appointment reminders", everyMinutes: 60, graceMinutes: 30, pings: { stoppedHoursAgo: 60 } }],
  },
  tamarindHealth: {
    name: "Tamarind Health", slug: "tamarind-health", plan: "business", status: "active", seats: 5, createdDaysAgo: 160, periodEndsInDays: 22,
    stripeCustomerId: "cus_RzV1oPn7MiBk6D",
    suspension: { reason: "Ping traffic far above the plan after a leaked key; the customer asked us to stop it", ticket: "SUP-3187" },
    members: [owner(people.arjunVenkataraman), admin(person("Meera Iyer", "meera.iyer@tamarind-health.example")), member(person("Noah Lindgren", "noah.l@tamarind-health.example"))],
    monitors: [
      { name: "Patient feed", everyMinutes: 15, graceMinutes: 5, pings: { stoppedHoursAgo: 12 } },
      { name: "Encrypted backup", everyMinutes: 720, graceMinutes: 60, pings: { stoppedHoursAgo: 20 } },
    ],
  },
  fjordlysEnergi: {
    name: "Fjordlys Energi", slug: "fjordlys-energi", plan: "business", status: "trialing", seats: 10, createdDaysAgo: 33, trialEndsInDays: -3,
    members: [owner(people.ingridSolheim), admin(person("Åse Bjørnstad", "ase.bjornstad@fjordlys.example")), member(people.chidiOkonkwo)],
    monitors: [{ name: "Meter readings", everyMinutes: 30, graceMinutes: 15, pings: "onTime" }],
  },
  ferrandCartography: {
    name: "Ferrand Cartography", slug: "ferrand-cartography", plan: "free", status: "active", seats: 1, createdDaysAgo: 77,
    members: [owner(people.hugoFerrand)],
    monitors: [{ name: "Tile cache", everyMinutes: 360, graceMinutes: 60, pings: "onTime" }],
  },
  mzansiPayments: {
    name: "Mzansi Payments", slug: "mzansi-payments", plan: "business", status: "active", seats: 7, createdDaysAgo: 12, periodEndsInDays: 18,
    stripeCustomerId: "cus_TdY6aXs0GhCr4J",
    members: [owner(people.thandiweDlamini), admin(person("Pieter Botha", "pieter.botha@mzansi-payments.example")), member(person("Naledi Khumalo", "naledi.khumalo@mzansi-payments.example"))],
    monitors: [],
  },
  kestrelAerospace: {
    name: "Kestrel Aerospace", slug: "kestrel-aerospace", plan: "business", status: "trialing", seats: 20, createdDaysAgo: 29, trialEndsInDays: 1,
    stripeCustomerId: "cus_SvH3kZq9BnPd8W",
    members: [owner(people.rubenAdler), admin(person("Yusuf Demir", "yusuf.demir@kestrel-aerospace.example")), member(person("Charlotte Mbeki-Ross", "charlotte@kestrel-aerospace.example")), member(person("Ivan Horvat", "ivan.horvat@kestrel-aerospace.example")), member(person("Soo-ah Kim", "sooah.kim@kestrel-aerospace.example"))],
    monitors: [
      { name: "Telemetry relay", everyMinutes: 10, graceMinutes: 5, pings: "onTime" },
      { name: "Wind tunnel results", everyMinutes: 240, graceMinutes: 60, pings: { stoppedHoursAgo: 5 } },
    ],
  },
  atlasArgan: {
    name: "Atlas Argan Cooperative", slug: "atlas-argan", plan: "free", status: "active", seats: 2, createdDaysAgo: 131,
    stripeCustomerId: "cus_PjW2nFy5QtLe0V",
    members: [owner(people.fatimaElAmrani), member(person("Youssef Bennani", "youssef@atlas-argan.example"))],
    monitors: [{ name: "Order import", everyMinutes: 60, graceMinutes: 30, pings: "onTime" }],
  },
} satisfies Record<string, WorldOrganization>;

export type DemoSignIn = Person & { role: OrganizationRole; organization: string; password: string };

/** Customers worth signing in as. */
export const demoSignIns: DemoSignIn[] = [
  signIn(people.adaMarlow, "owner", organizations.northwindLabs),
  signIn(people.ninaCastellanos, "member", organizations.northwindLabs),
  signIn(people.amaraOkonkwo, "admin", organizations.okonkwoLogistics),
  signIn(people.tomasRivera, "member", organizations.northwindLabs),
  signIn(people.arjunVenkataraman, "owner", organizations.tamarindHealth),
];

function person(name: string, email: string) {
  return { name, email };
}

function owner(person: Person): WorldMember {
  return { person, role: "owner" };
}

function admin(person: Person): WorldMember {
  return { person, role: "admin" };
}

function member(person: Person): WorldMember {
  return { person, role: "member" };
}

function signIn(person: Person, role: OrganizationRole, { name: organization }: { name: string }): DemoSignIn {
  return { ...person, role, organization, password: demoPassword };
}

import type { Person, WorldMember } from "./types.ts";

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

export function person(name: string, email: string) {
  return { name, email };
}

export function owner(person: Person): WorldMember {
  return { person, role: "owner" };
}

export function admin(person: Person): WorldMember {
  return { person, role: "admin" };
}

export function member(person: Person): WorldMember {
  return { person, role: "member" };
}

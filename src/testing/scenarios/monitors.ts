import { arrange, unique } from "../fixtures.ts";
import type { Scenarios, World } from "./scenario.ts";

const input = () => ({ name: `Monitor ${unique()}`, schedule: "interval", intervalMinutes: 10, graceMinutes: 2 });
const actorOf = (world: World) => world.people.owner.actor;
const targetOf = (world: World) => world.monitor.id;

export const monitorScenarios = {
  "monitor.create": { targetOf: (world) => world.id, input, actorOf },
  "monitor.update": { targetOf, input, actorOf },
  "monitor.delete": { targetOf, actorOf },
  "monitor.pause": { targetOf, actorOf },
  "monitor.resume": { targetOf: pause, actorOf },
  "monitor.rotateKey": { targetOf, actorOf },
} satisfies Scenarios;

async function pause({ monitor: { id } }: World): Promise<string> {
  await arrange((db) => db.monitor.update({ where: { id }, data: { pausedAt: new Date() }, select: { id: true } }));
  return id;
}

import { pingRoute } from "../../ping-route.ts";

const answer = pingRoute("start");

export { answer as GET, answer as HEAD, answer as POST };

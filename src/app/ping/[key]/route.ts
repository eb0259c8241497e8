import { pingRoute } from "../ping-route.ts";

const answer = pingRoute("success");

export { answer as GET, answer as HEAD, answer as POST };

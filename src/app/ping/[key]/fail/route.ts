import { pingRoute } from "../../ping-route.ts";

const answer = pingRoute("fail");

export { answer as GET, answer as HEAD, answer as POST };

import { answerPing } from "../../answer-ping.ts";

const answer = answerPing("start");

export { answer as GET, answer as HEAD, answer as POST };

import { answerPing } from "../../answer-ping.ts";

const answer = answerPing("fail");

export { answer as GET, answer as HEAD, answer as POST };

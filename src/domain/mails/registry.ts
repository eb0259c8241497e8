export { trialExtended } from "./trial-extended.ts";

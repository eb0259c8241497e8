export const plans = [
  { id: "free", name: "Free", monitors: 3, seats: 2, pingsPerMinute: 10, historyDays: 7, trialDays: 0 },
  { id: "team", name: "Team", monitors: 25, seats: 25, pingsPerMinute: 100, historyDays: 90, trialDays: 30 },
  { id: "business", name: "Business", monitors: 250, seats: 250, pingsPerMinute: 1000, historyDays: 365, trialDays: 30 },
] as const;

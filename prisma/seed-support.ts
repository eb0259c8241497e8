import type { Transaction } from "#server/db.ts";

type Case = { number: number; subject: string; open: boolean; hoursAgo: number };

/** What the helpdesk knows of some customers of the demo world, by slug. */
const cases: Record<string, Case[]> = {
  "northwind-labs": [
    { number: 4211, subject: "They would like to evaluate for one more week", open: true, hoursAgo: 3 },
    { number: 4188, subject: "A monitor is shown as late although it pings", open: false, hoursAgo: 96 },
  ],
  "okonkwo-logistics": [{ number: 4207, subject: "Alerts arrive twice", open: true, hoursAgo: 26 }],
  "tamarind-health": [{ number: 4199, subject: "Question about the retention of pings", open: false, hoursAgo: 190 }],
};

/** The owners of these have chosen; everybody else allows access. */
const choices: Record<string, "openTicket" | "askFirst"> = { "okonkwo-logistics": "openTicket", "tamarind-health": "askFirst" };

/** Cases at the helpdesk, and the owner's choice whether the support may look. */
export async function seedSupport(db: Transaction, organization: { id: string; slug: string }, now: Date): Promise<void> {
  const { id, slug } = organization;
  const supportAccess = choices[slug];
  if (supportAccess) await db.organization.update({ where: { id }, data: { supportAccess }, select: { id: true } });
  await db.supportCase.createMany({
    data: (cases[slug] ?? []).map(({ number, subject, open, hoursAgo }) => ({
      id: `SUP-${number}`,
      organizationId: id,
      subject,
      open,
      url: `https://helpdesk.countersign.example/cases/SUP-${number}`,
      updatedAt: new Date(now.getTime() - hoursAgo * 3_600_000),
    })),
  });
}

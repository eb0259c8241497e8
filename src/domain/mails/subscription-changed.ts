import { defineMail } from "./mail.ts";

export const subscriptionChanged = defineMail({
  name: "subscriptionChanged",
  whileImpersonating: "suppress",
  write: (data: { organizationName: string; slug: string; change: keyof typeof subjects; sentences: string[] }) => ({
    subject: subjects[data.change](data.organizationName),
    paragraphs: data.sentences,
    action: { label: "See the billing", path: `/o/${data.slug}/billing` },
  }),
});

const subjects = {
  plan: (name: string) => `The plan of ${name} has changed`,
  canceled: (name: string) => `The subscription of ${name} was cancelled`,
  reactivated: (name: string) => `The subscription of ${name} goes on`,
  discount: (name: string) => `A discount for ${name}`,
} as const;

import type { QueueCount } from "#router/staff/jobs.ts";
import { SelectField, TextField } from "../field.tsx";
import { FilterForm } from "../filter-form.tsx";

type Props = { path: string; typed: Record<string, string>; errors: Record<string, string>; queues: readonly QueueCount[] };

const sorts = [
  { value: "newest", label: "Newest first" },
  { value: "oldest", label: "Oldest first" },
];

export function JobFilters({ path, typed, errors, queues }: Props) {
  const common = (name: string) => ({ name, defaultValue: typed[name], error: errors[name] });
  const states = (queues[0]?.counts ?? []).map(({ state, title }) => ({ value: state, label: title }));
  return (
    <FilterForm path={path} typed={typed} errors={errors}>
      <SelectField
        label="Queue"
        any="Any"
        options={queues.map(({ queue, title }) => ({ value: queue, label: title }))}
        {...common("queue")}
      />
      <SelectField label="State" any="Any" options={states} {...common("state")} />
      <TextField label="Organization id" maxLength={64} autoComplete="off" {...common("organization")} />
      <SelectField label="Order" options={sorts} {...common("sort")} />
    </FilterForm>
  );
}

import { SelectField, TextField } from "../field.tsx";
import { FilterForm } from "../filter-form.tsx";
import { statusWords } from "./organization-status.tsx";

type Props = { path: string; typed: Record<string, string>; errors: Record<string, string> };

const statuses = Object.entries(statusWords).map(([value, label]) => ({ value, label }));
const plans = [
  { value: "free", label: "Free" },
  { value: "team", label: "Team" },
  { value: "business", label: "Business" },
];
const states = [
  { value: "open", label: "Open" },
  { value: "suspended", label: "Suspended" },
  { value: "deactivated", label: "Deactivated" },
  { value: "maintenance", label: "Under maintenance" },
  { value: "deletion", label: "To be deleted" },
];
const sorts = [
  { value: "newest", label: "Newest first" },
  { value: "oldest", label: "Oldest first" },
  { value: "name", label: "By name" },
];

export function OrganizationFilters({ path, typed, errors }: Props) {
  return (
    <FilterForm path={path} typed={typed} errors={errors}>
      <TextField label="Name or slug" type="search" name="q" defaultValue={typed.q} error={errors.q} maxLength={100} />
      <SelectField label="Subscription" name="status" any="Any" options={statuses} defaultValue={typed.status} error={errors.status} />
      <SelectField label="Plan" name="plan" any="Any" options={plans} defaultValue={typed.plan} error={errors.plan} />
      <SelectField label="State" name="state" any="Any" options={states} defaultValue={typed.state} error={errors.state} />
      <SelectField label="Order" name="sort" options={sorts} defaultValue={typed.sort} error={errors.sort} />
    </FilterForm>
  );
}

import { SelectField, TextField } from "../field.tsx";
import { FilterForm } from "../filter-form.tsx";

type Props = { path: string; typed: Record<string, string>; errors: Record<string, string> };

const statuses = [
  { value: "draft", label: "Planned" },
  { value: "open", label: "Open" },
  { value: "paid", label: "Paid" },
  { value: "void", label: "Void" },
  { value: "uncollectible", label: "Not collected" },
];
const sorts = [
  { value: "newest", label: "Newest first" },
  { value: "oldest", label: "Oldest first" },
  { value: "number", label: "By number" },
];

export function InvoiceFilters({ path, typed, errors }: Props) {
  return (
    <FilterForm path={path} typed={typed} errors={errors}>
      <TextField label="Number begins with" type="search" name="q" defaultValue={typed.q} error={errors.q} maxLength={60} />
      <SelectField label="Status" name="status" any="Any" options={statuses} defaultValue={typed.status} error={errors.status} />
      <TextField
        label="Organization's id"
        name="organization"
        defaultValue={typed.organization}
        error={errors.organization}
        maxLength={64}
        spellCheck={false}
      />
      <SelectField label="Order" name="sort" options={sorts} defaultValue={typed.sort} error={errors.sort} />
    </FilterForm>
  );
}

import { SelectField, TextField } from "../field.tsx";
import { FilterForm } from "../filter-form.tsx";

type Props = { path: string; typed: Record<string, string>; errors: Record<string, string> };

const lockouts = [{ value: "yes", label: "Locked out now" }];
const sorts = [
  { value: "newest", label: "Newest first" },
  { value: "oldest", label: "Oldest first" },
  { value: "email", label: "By e-mail" },
];

export function UserFilters({ path, typed, errors }: Props) {
  return (
    <FilterForm path={path} typed={typed} errors={errors}>
      <TextField label="Name or e-mail" type="search" name="q" defaultValue={typed.q} error={errors.q} maxLength={100} />
      <SelectField label="Sign-in" name="locked" any="Any" options={lockouts} defaultValue={typed.locked} error={errors.locked} />
      <SelectField label="Order" name="sort" options={sorts} defaultValue={typed.sort} error={errors.sort} />
    </FilterForm>
  );
}

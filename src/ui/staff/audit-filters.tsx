import { SelectField, TextField } from "../field.tsx";
import { FilterForm } from "../filter-form.tsx";

type Props = { path: string; typed: Record<string, string>; errors: Record<string, string> };

const outcomes = ["succeeded", "denied", "failed", "pending"].map((value) => ({ value, label: value }));

/** Every way to search the audit. */
export function AuditFilters({ path, typed, errors }: Props) {
  const common = (name: string) => ({ name, defaultValue: typed[name], error: errors[name], autoComplete: "off" });
  return (
    <FilterForm path={path} typed={typed} errors={errors}>
      <TextField label="Summary or reason" type="search" maxLength={100} {...common("q")} />
      <TextField label="Operation" placeholder="subscription.extendTrial" maxLength={100} {...common("operation")} />
      <SelectField label="Outcome" any="Any" options={outcomes} {...common("outcome")} />
      <TextField label="Ticket" maxLength={64} {...common("ticket")} />
      <TextField label="From (UTC)" type="date" {...common("from")} />
      <TextField label="To (UTC)" type="date" {...common("to")} />
      <TextField label="Actor id" maxLength={64} {...common("actor")} />
      <TextField label="On behalf of (user id)" maxLength={64} {...common("onBehalfOf")} />
      <TextField label="Organization id" maxLength={64} {...common("organization")} />
      <TextField label="Target id" maxLength={64} {...common("target")} />
      <TextField label="Impersonation id" maxLength={64} {...common("impersonation")} />
    </FilterForm>
  );
}

import { TextareaField, TextField } from "../field.tsx";

type Props = {
  /** Of what was refused, to be corrected. */
  values: Record<string, string>;
  errors: Record<string, string>;
  needsTicket: boolean;
  /** What the reason is recorded with. */
  recordedWith: "the change" | "each change";
};

/** What every change of staff carries: why it is done, and for which ticket. */
export function ReasonFields({ values, errors, needsTicket, recordedWith }: Props) {
  return (
    <>
      <TextareaField
        label="Reason"
        name="reason"
        help={`Why this is done. It is recorded with ${recordedWith}.`}
        required
        minLength={3}
        maxLength={500}
        defaultValue={values.reason}
        error={errors.reason}
      />
      <TextField
        label={needsTicket ? "Ticket" : "Ticket (optional)"}
        name="ticket"
        help="For example SUP-4211"
        required={needsTicket}
        maxLength={64}
        autoComplete="off"
        defaultValue={values.ticket}
        error={errors.ticket}
      />
    </>
  );
}

import { CheckboxField } from "../field.tsx";

type Props = { choices: readonly { name: string; title: string; meaning: string }[]; access: string; mails: boolean };

/** The fields of the owner's choice, each with what it means. */
export function SupportAccessChoice({ choices, access, mails }: Props) {
  return (
    <>
      <div role="radiogroup" aria-label="Whether our support may view your organization">
        {choices.map(({ name, title, meaning }) => (
          <div className="choice" key={name}>
            <label>
              <input type="radio" name="input.access" value={name} defaultChecked={name === access} aria-describedby={`access-${name}`} />{" "}
              <strong>{title}</strong>
            </label>
            <p className="help" id={`access-${name}`}>
              {meaning}
            </p>
          </div>
        ))}
      </div>
      <CheckboxField
        label="E-mail after each access"
        name="input.mails"
        help="To the person who was viewed as and to the owners: who, when, why, and what was changed."
        defaultChecked={mails}
      />
    </>
  );
}

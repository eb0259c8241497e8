import { z } from "zod";
import type { AnyOperation } from "#server/operation.ts";

/** One input of an operation's form, derived from its schema. */
export type FormField = {
  name: string;
  label: string;
  help: string | null;
  kind: "text" | "email" | "number" | "select" | "checkbox" | "password" | "date" | "datetime-local";
  required: boolean;
  options: { value: string; label: string }[];
  min: number | null;
  max: number | null;
  maxLength: number | null;
};

type Property = {
  title?: string;
  help?: string;
  secret?: boolean;
  /** How the values of a choice are called. */
  labels?: Record<string, string>;
  moment?: boolean;
  type?: string;
  enum?: unknown[];
  format?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
};

export function formFields(operation: AnyOperation): FormField[] {
  const { properties = {}, required = [] } = z.toJSONSchema(operation.input, { io: "input", unrepresentable: "any" }) as {
    properties?: Record<string, Property>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    label: property.title ?? name,
    help: property.help ?? null,
    kind: kindOf(property),
    required: required.includes(name),
    options: (property.enum ?? []).map((value) => ({ value: String(value), label: property.labels?.[String(value)] ?? String(value) })),
    min: property.minimum ?? null,
    max: property.maximum ?? null,
    maxLength: property.maxLength ?? null,
  }));
}

/** What a browser's form sends, as the operation's input: numbers and booleans by the schema, empty optional fields left out. */
export function inputFromForm(operation: AnyOperation, form: ReadonlyMap<string, string>): Record<string, unknown> {
  const entries = formFields(operation).flatMap((field): [string, unknown][] => {
    const value = form.get(`input.${field.name}`);
    if (field.kind === "checkbox") return [[field.name, value === "on"]];
    if (value === undefined || (value === "" && !field.required)) return [];
    return [[field.name, field.kind === "number" && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value]];
  });
  return Object.fromEntries(entries);
}

function kindOf({ secret, moment, type, enum: options, format }: Property): FormField["kind"] {
  if (secret) return "password";
  if (moment) return "datetime-local";
  if (options) return "select";
  if (type === "integer" || type === "number") return "number";
  if (type === "boolean") return "checkbox";
  if (format === "date") return "date";
  return format === "email" ? "email" : "text";
}

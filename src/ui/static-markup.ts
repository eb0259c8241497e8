import { isValidElement, type ReactElement, type ReactNode } from "react";

/**
 * The HTML of elements that nothing on the client ever touches. React would send them twice, as markup and as data to
 * hydrate; for a page of tables that is most of the time and two thirds of the bytes. Takes plain elements and
 * components without hooks; throws on what needs a client: a client component, an event handler, a promise.
 */
export function toStaticMarkup(node: ReactNode): string {
  if (node === null || node === undefined || typeof node === "boolean") return "";
  if (typeof node === "string") return escapeHtml(node);
  if (typeof node === "number" || typeof node === "bigint") return String(node);
  if (Array.isArray(node)) return node.map(toStaticMarkup).join("");
  if (isValidElement<Props>(node)) return elementMarkup(node);
  if (typeof node === "object" && Symbol.iterator in node) return [...node].map(toStaticMarkup).join("");
  throw new Error("Only plain elements can be made static: no promises and no functions as children.");
}

type Props = Record<string, unknown> & { children?: ReactNode; dangerouslySetInnerHTML?: { __html: string } };

const fragment = Symbol.for("react.fragment");
const clientReference = Symbol.for("react.client.reference");
const withoutContent = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]);
const names: Record<string, string> = { className: "class", htmlFor: "for", defaultValue: "value", defaultChecked: "checked" };
const addresses = new Set(["href", "action", "formAction", "src"]);
const handledElsewhere = new Set(["children", "dangerouslySetInnerHTML", "key", "ref"]);

function elementMarkup({ type, props }: ReactElement<Props>): string {
  if (typeof type === "function") return toStaticMarkup(call(type, props));
  if ((type as unknown) === fragment) return toStaticMarkup(props.children);
  if (typeof type !== "string") throw new Error("This element cannot be made static.");
  if (type === "select" || type === "textarea") return fieldMarkup(type, props);
  const open = `<${type}${attributesMarkup(props)}>`;
  return withoutContent.has(type) ? open : `${open}${props.dangerouslySetInnerHTML?.__html ?? toStaticMarkup(props.children)}</${type}>`;
}

function call(component: unknown, props: Props): ReactNode {
  if ((component as { $$typeof?: symbol }).$$typeof === clientReference) throw new Error("A client component cannot be made static.");
  return (component as (props: Props) => ReactNode)(props);
}

/** What a textarea or a select holds is content, not an attribute. */
function fieldMarkup(type: "select" | "textarea", { defaultValue, children, ...props }: Props): string {
  const value = defaultValue === undefined || defaultValue === null ? "" : String(defaultValue);
  // The parser drops a first line break.
  const content = type === "textarea" ? `\n${escapeHtml(value)}` : selectOption(toStaticMarkup(children), value);
  return `<${type}${attributesMarkup(props)}>${content}</${type}>`;
}

function selectOption(options: string, value: string): string {
  return options.replace(`<option value="${escapeHtml(value)}"`, (option) => `${option} selected=""`);
}

function attributesMarkup(props: Props): string {
  let markup = "";
  for (const name in props) {
    const value = props[name];
    if (handledElsewhere.has(name) || value === null || value === undefined) continue;
    const { written, isAddress, isWord } = attributeOf(name);
    if (isAddress && !/^(\/|#|\?|https?:)/.test(String(value))) throw new Error(`${name} leads somewhere else than a page.`);
    if (typeof value === "function" || typeof value === "object") throw new Error(`The attribute ${name} cannot be made static.`);
    if (value === false && !isWord) continue;
    markup += ` ${written}="${value === true && !isWord ? "" : escapeHtml(String(value))}"`;
  }
  return markup;
}

type Attribute = { written: string; isAddress: boolean; isWord: boolean };
const attributes = new Map<string, Attribute>();

/** How an attribute is written, looked at once: a page has thousands, of a few names. */
function attributeOf(name: string): Attribute {
  const known = attributes.get(name);
  if (known) return known;
  if (!/^[a-zA-Z][\w-]*$/.test(name)) throw new Error(`${name} is not the name of an attribute.`);
  const isWord = name.startsWith("aria-") || name.startsWith("data-") || name === "spellCheck";
  const attribute = { written: names[name] ?? name, isAddress: addresses.has(name), isWord };
  attributes.set(name, attribute);
  return attribute;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character] ?? character) : text;
}

import fc from "fast-check";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { toStaticMarkup } from "./static-markup.ts";

function Row({ name, children }: { name: string; children?: ReactNode }) {
  return (
    <tr className="row">
      <td title={name}>{name}</td>
      <td>{children}</td>
    </tr>
  );
}

function Both() {
  return (
    <>
      {1} of {2}
      <br />
      {["x", "y"].map((letter) => (
        <b key={letter}>{letter}</b>
      ))}
    </>
  );
}

const trees: Record<string, ReactNode> = {
  text: "a < b & \"c\" 'd'",
  "numbers and nothing": [0, 1.5, null, undefined, true, false, ""],
  "nested components and fragments": (
    <table>
      <tbody>
        <Row name="<script>alert(1)</script>">
          {"text "}
          <Both />
        </Row>
      </tbody>
    </table>
  ),
  attributes: (
    <form action="/a?b=1&c=2" method="post">
      <input type="hidden" name="x" value={'"quoted"'} />
      <input type="checkbox" required aria-invalid={true} aria-hidden={false} disabled={false} tabIndex={0} maxLength={5} />
      <label htmlFor="y">Y</label>
    </form>
  ),
  // biome-ignore lint/security/noDangerouslySetInnerHtml: what is tested
  "markup of one's own": <div dangerouslySetInnerHTML={{ __html: "<i>as it is</i>" }} />,
};

test.each(Object.entries(trees))("gives what React gives: %s", (_what, tree) => {
  expect(normalize(toStaticMarkup(tree))).toBe(normalize(renderToStaticMarkup(tree)));
});

test("any text and attribute comes out as React escapes it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, title) => {
      const tree = (
        <p title={title}>
          {text}
          <Row name={text}>{title}</Row>
        </p>
      );
      expect(normalize(toStaticMarkup(tree))).toBe(normalize(renderToStaticMarkup(tree)));
    }),
    { seed: 20261121, numRuns: 300 },
  );
});

test("fields keep what was typed", () => {
  expect(toStaticMarkup(<textarea defaultValue={"</textarea>\nx"} name="a" />)).toBe(
    '<textarea name="a">\n&lt;/textarea&gt;\nx</textarea>',
  );
  const select = (
    <select name="role" defaultValue="b">
      <option value="a">A</option>
      <option value="b">B</option>
    </select>
  );
  expect(toStaticMarkup(select)).toBe('<select name="role"><option value="a">A</option><option value="b" selected="">B</option></select>');
});

test("what needs a client is refused, not silently dropped", () => {
  const client = Object.assign(() => null, { $$typeof: Symbol.for("react.client.reference") });
  const Client = client as unknown as () => ReactNode;
  expect(() => toStaticMarkup(<Client />)).toThrow(/client component/);
  expect(() => toStaticMarkup(<button type="button" onClick={() => undefined} />)).toThrow(/onClick/);
  expect(() => toStaticMarkup(Promise.resolve("x"))).toThrow(/promises/);
});

/** React spells some attributes in camel case and closes empty elements with a slash, neither of which HTML distinguishes. */
function normalize(html: string): string {
  return html
    .replace(/ (autoComplete|maxLength|minLength|tabIndex|dateTime|colSpan|spellCheck|readOnly)=/g, (name) => name.toLowerCase())
    .replaceAll("/>", ">");
}

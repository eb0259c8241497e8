import { join } from "node:path";
import type PDFDocument from "pdfkit";

/** The font of documents. */
export const documentFont = join(process.cwd(), "assets", "dejavu-sans.ttf");
/** Of these scripts it has every letter, and they are drawn as they are read. */
const script = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]/u;
const gap = "[…]";

export type Printable = { text: string; isWhole: boolean };

/** A text as the document can show it: never a box, and in place of what it has no letters for a gap that says so. */
export function printable(pdf: InstanceType<typeof PDFDocument>, text: string): Printable {
  const hasGlyph = glyphsOf(pdf);
  let shown = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    // Line ends and the like are not drawn.
    const isKnown = code < 0x20 || (script.test(character) && hasGlyph(code));
    if (isKnown) shown += character;
    else if (!shown.endsWith(gap)) shown += gap;
  }
  return { text: shown, isWhole: shown === text };
}

type Font = { hasGlyphForCodePoint(code: number): boolean };

/** The library knows it and does not say so in its types. */
function glyphsOf(pdf: object): (code: number) => boolean {
  const { font } = (pdf as { _font: { font: Font } })._font;
  return (code) => font.hasGlyphForCodePoint(code);
}

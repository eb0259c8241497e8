import { expect, test } from "vitest";
import { text } from "./text.ts";

const parse = (value: string, lines = false) => text({ lines }).safeParse(value);

test.each(["\0", "a\u0007", "one\ntwo", "\u200b", "Good\u202Etxt.exe", "\ufeffx", "\ud800"])("%j is no name", (value) => {
  expect(parse(value).success).toBe(false);
});

test.each(["Łódzkie Rowery", "北極星", "O'Brien & Sons", "नमस्ते क्\u200dष", "👩\u200d💻 club"])("%j is one", (value) => {
  expect(parse(value).data).toBe(value.normalize("NFC"));
});

test("a reason may have lines, and is trimmed", () => {
  expect(parse("  first\r\nsecond\t. ", true).data).toBe("first\r\nsecond\t.");
  expect(parse("a\u0007", true).success).toBe(false);
});

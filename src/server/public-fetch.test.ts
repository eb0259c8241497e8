import { describe, expect, test } from "vitest";
import { publicFetch } from "./public-fetch.ts";
import { whyNotPublicUrl } from "./public-url.ts";

const request = (url: string) => ({ url, headers: {}, body: "{}" });
const never = () => Promise.reject(new Error("nothing may be looked up"));

describe("an address that says itself that it is not public", () => {
  test.each([
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://0/",
    "https://10.0.0.1/",
    "https://172.16.3.4/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.100.100.200/",
    "https://168.63.129.16/",
    "https://192.0.0.192/",
    "https://198.18.0.1/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1]/",
    "https://[fd00:ec2::254]/",
    "https://[ff02::1]/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://printer.local/",
    "https://metadata.google.internal/",
    "https://①②⑦.0.0.1/",
  ])("is refused before anything is looked up: %s", async (url) => {
    expect(whyNotPublicUrl(url)).toBe("This address is not on the public internet.");
    await expect(publicFetch(request(url), { resolve: never })).rejects.toThrow("not on the public internet");
  });
});

test.each([
  ["http://example.com/", "begins with https"],
  ["ftp://example.com/", "begins with https"],
  ["file:///etc/passwd", "begins with https"],
  ["https://user:password@example.com/", "Leave out the user"],
  ["https://user@example.com/", "Leave out the user"],
  ["https://example.com:22/", "ports"],
  ["https://example.com:6379/", "ports"],
  ["not an address", "not an address"],
  ["", "not an address"],
])("%s is refused, saying why", (url, sentence) => {
  expect(whyNotPublicUrl(url)).toContain(sentence);
});

test.each(["https://example.com/hook?a=b", "https://example.com:8443/", "https://203.0.112.1/", "https://[2606:4700::1111]/"])(
  "%s may be used",
  (url) => {
    expect(whyNotPublicUrl(url)).toBeNull();
  },
);

test.each([
  ["a private address", [{ address: "10.1.2.3", family: 4 }]],
  ["this machine", [{ address: "127.0.0.1", family: 4 }]],
  ["this machine, as IPv6", [{ address: "::ffff:127.0.0.1", family: 6 }]],
  ["the metadata service", [{ address: "169.254.169.254", family: 4 }]],
  [
    "a public address and a private one",
    [
      { address: "93.184.216.34", family: 4 },
      { address: "192.168.0.1", family: 4 },
    ],
  ],
  ["nothing", []],
])("a name that stands for %s is refused", async (_what, addresses) => {
  let asked = 0;
  const resolve = async () => {
    asked += 1;
    return addresses;
  };
  await expect(publicFetch(request("https://rebind.example/"), { resolve })).rejects.toThrow(
    "rebind.example cannot be found on the public internet.",
  );
  expect(asked).toBe(1);
});

test("a name server that does not answer is given up", async () => {
  const resolve = () => new Promise<never>(() => undefined);
  await expect(publicFetch(request("https://slow.example/"), { resolve, timeout: 50 })).rejects.toThrow("No answer within 0.05 seconds.");
});

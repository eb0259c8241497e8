// In this order: each browser also names those that it wants to be taken for.
const browsers = [
  [/\bEdg\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\//, "Firefox"],
  [/\bChrome\//, "Chrome"],
  [/\bSafari\//, "Safari"],
] as const;
const systems = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
] as const;

/** "Firefox on macOS": enough to know one's own device by. */
export function describeBrowser(userAgent: string | null): string {
  const agent = userAgent ?? "";
  const browser = browsers.find(([form]) => form.test(agent))?.[1] ?? "Unknown program";
  const system = systems.find(([form]) => form.test(agent))?.[1];
  return system ? `${browser} on ${system}` : browser;
}

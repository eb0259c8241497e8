/** What customers see of their own account's security, in words: operation → what happened. */
export const securityEvents = {
  "user.signIn": {
    succeeded: "Signed in",
    denied: "A sign-in was refused",
    pending: "The right password was entered; a code was asked for",
  },
  "user.signOut": { succeeded: "Signed out" },
  "user.lockOut": { succeeded: "Locked out for a while, after failed sign-ins" },
  "user.clearLockout": { succeeded: "The lockout was cleared" },
  "user.changePassword": { succeeded: "The password was changed", denied: "The password was not changed" },
  "user.sendPasswordReset": { succeeded: "A link to set a new password was mailed" },
  "user.resetPassword": { succeeded: "A new password was set with a mailed link" },
  "user.requestEmailChange": { succeeded: "Another e-mail address was asked for", denied: "The e-mail address was not changed" },
  "user.confirmEmailChange": { succeeded: "The e-mail address was confirmed" },
  "user.changeEmail": { succeeded: "The e-mail address was changed" },
  "user.enableTwoFactor": { succeeded: "The second factor was turned on", denied: "The second factor was not turned on" },
  "user.disableTwoFactor": { succeeded: "The second factor was turned off", denied: "The second factor was not turned off" },
  "user.resetTwoFactor": { succeeded: "The second factor was taken away" },
  "user.replaceRecoveryCodes": { succeeded: "The recovery codes were replaced", denied: "The recovery codes were not replaced" },
  "user.endSessions": { succeeded: "Sessions were ended" },
  "session.end": { succeeded: "A session was ended" },
} as const satisfies Record<string, Partial<Record<"succeeded" | "denied" | "pending", string>>>;

/** What to call the event, or null where it is none that its person needs to see. */
export function describeSecurityEvent(operation: string, outcome: string): string | null {
  const words: Partial<Record<string, string>> = securityEvents[operation as keyof typeof securityEvents] ?? {};
  return words[outcome] ?? null;
}

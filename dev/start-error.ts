/** Something the person at the terminal can put right: shown as one sentence, without a stack. */
export class StartError extends Error {}

const postgresDiskFull = "53100";

export function describeFailure(error: unknown) {
  if (error instanceof StartError) return error.message;
  if (error instanceof Error && "code" in error && error.code === postgresDiskFull) return diskIsFull("the database").message;
  if (error instanceof Error && isSystemError(error)) return describeSystemError(error);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function isSystemError(error: Error): error is NodeJS.ErrnoException {
  return "code" in error && "syscall" in error;
}

function describeSystemError(error: NodeJS.ErrnoException) {
  const place = error.path ?? "the data directory";
  if (error.code === "ENOSPC" || error.code === "EDQUOT") return diskIsFull(place).message;
  if (error.code === "EACCES" || error.code === "EPERM" || error.code === "EROFS") return noPermission(place).message;
  if (error.code === "EEXIST" || error.code === "ENOTDIR")
    return `${place} is a file and must be a directory: set COUNTERSIGN_DATA_DIR to another place.`;
  return error.message;
}

/** Whether a program's messages say so, be it Node, PostgreSQL or the build. */
export function isDiskFull(output: string) {
  return /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|could not extend file|Check free disk space/i.test(output);
}

export function isPermissionMissing(output: string) {
  return /EACCES|EROFS|Permission denied|Read-only file system|has wrong ownership/i.test(output);
}

export function diskIsFull(place: string, variable = "COUNTERSIGN_DATA_DIR") {
  return new StartError(`The disk that holds ${place} is full: free some space, or set ${variable} to a directory on another disk.`);
}

export function noPermission(place: string, variable = "COUNTERSIGN_DATA_DIR") {
  return new StartError(
    `Permission to read and write ${place} is missing: correct its owner, or set ${variable} to a directory that you can write.`,
  );
}

import { systemCode } from "../../error.ts";

/** Returns why the system did not let us write a file, as a phrase. */
export function systemReason(cause: unknown): string {
  return reasons[systemCode(cause) ?? ""] ?? String(cause);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EEXIST: "a file of that name already exists",
  EISDIR: "it is a folder",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "there is no such folder",
  ENOSPC: "the disk is full",
  ENOTDIR: "a file is where its folder should be",
  EROFS: "the file system is read-only",
};

import type { Problem, VerificationResult, VerifiedRevision } from "../commands/views/result.ts";

/** Returns a verification as text: the revisions that are not in order, and the totals. */
export function renderVerification({ revisions }: VerificationResult): string {
  const count = (outcome: VerifiedRevision["outcome"]) =>
    revisions.filter((it) => it.outcome === outcome).length;
  const counts = [
    `${count("passed")} passed`,
    ...count("irreversible") > 0 ? [`${count("irreversible")} irreversible`] : [],
    ...count("failed") > 0 ? [`${count("failed")} failed`] : [],
  ];
  const total = `Verified ${revisions.length} ${revisions.length === 1 ? "revision" : "revisions"}`;
  return [...revisions.flatMap(linesOf), `${total}: ${counts.join(", ")}`]
    .map((it) => `${it}\n`).join("");
}

function linesOf(
  { revision, message, path, reason, problems }: VerifiedRevision,
): readonly string[] {
  const name = message === "" ? revision : `${revision}, ${message}`;
  if (reason !== undefined) return [`${name}: irreversible`, `  ${reason}`];
  return problems.flatMap((it) => problemLines(it, name, path));
}

function problemLines(
  { step, error, operations }: Problem,
  name: string,
  path: string,
): readonly string[] {
  const doing = step === "downgrade" ? "its downgrade" : "upgrading again";
  if (error) {
    const { line, detail } = error.facts;
    const place = line === undefined ? path : `${path}:${line}`;
    return [
      `${name}: ${doing} fails`,
      `  ${error.message}`,
      `  at ${place}`,
      ...detail ? [detail] : [],
    ];
  }
  const found = step === "downgrade"
    ? "does not restore the schema; compared with before, it leaves:"
    : "does not make the same schema; compared with the first time, it has:";
  return [
    `${name}: ${doing} ${found}`,
    ...operations.flatMap((it) => it.description).map((it) => `  ${it}`),
    `  at ${path}`,
  ];
}

import { readIdentifier } from "../../sql/quote.ts";

/** The beginnings of statements that name roles. */
const naming = [
  /^(?:grant|revoke|alter\s+default\s+privileges|(?:create|alter)\s+policy|set\s+(?:session\s+|local\s+)?role)\b/i,
  /^(?:alter|create)\b[^;']*\b(?:owner\s+to|authorization)\b/i,
];

const name = String.raw`(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)`;
const oneName = new RegExp(name, "gu");
const names = new RegExp(
  String
    .raw`\b(?:to|from|for\s+role|for\s+user|authorization|role)\s+(?:group\s+)?(${name}(?:\s*,\s*${name})*)`,
  "giu",
);

/** Keywords that stand for roles, or come between them. */
const words = new Set(["public", "current_user", "session_user", "current_role", "none", "group"]);

/** Returns the roles that `sql` names, if it is a kind of statement that does. */
export function rolesNamed(sql: string): readonly string[] {
  const text = sql.trimStart();
  if (!naming.some((it) => it.test(text))) return [];
  const [said = ""] = text.split(/\b(?:using|with\s+check)\s*\(/i);
  const found = [...said.matchAll(names)].flatMap(([, list = ""]) =>
    [...list.matchAll(oneName)].map(([it]) => readIdentifier(it))
  );
  return [...new Set(found)].filter((it) => !words.has(it));
}

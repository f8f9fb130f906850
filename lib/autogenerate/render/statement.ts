import { isDeepStrictEqual } from "node:util";
import type { Statement, Value } from "../../sql/statement.ts";
import { sql } from "../../sql/template.ts";
import type { Code } from "./code.ts";
import { literal, templateText, text } from "./literal.ts";

/** Returns `statement` as a string, as a template with its values, or, if neither can express it, as an object. */
export function statementCode(statement: Statement): Code {
  const { sql: text_, parameters, ...more } = statement;
  if (parameters === undefined && Object.keys(more).length === 0) return text(text_);
  const texts = text_.split(/\$\d+/);
  const written = parameters && sql(Object.assign(texts, { raw: texts }), ...parameters);
  if (parameters === undefined || !isDeepStrictEqual(written, statement)) return literal(statement);
  return { kind: "tagged", tag: "sql", template: template(texts, parameters) };
}

function template(texts: readonly string[], values: readonly Value[]): string {
  const pieces = texts.map((it, at) => {
    const value = values[at];
    return templateText(it) + (value === undefined ? "" : `\${${valueText(value)}}`);
  });
  return `\`${pieces.join("")}\``;
}

function valueText(value: Value): string {
  const code = literal(value);
  if (typeof code === "string") return code;
  throw new TypeError("A parameter is a value that stands on one line");
}

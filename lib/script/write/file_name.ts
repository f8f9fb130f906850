import { ToolError } from "../../error.ts";
import { didYouMean } from "../../sql/closest.ts";
import { slug } from "./slug.ts";
import type { WallClock } from "./wall_clock.ts";

/** How new revision files are named. */
export interface FileNaming {
  /**
   * With Alembic's tokens, such as `%(rev)s_%(slug)s`. Percent signs may be doubled, as in an ini
   * file.
   */
  readonly fileTemplate: string;
  readonly truncateSlugLength: number;
}

/**
 * Returns the name of a revision's file, without its extension. It may contain folders.
 *
 * @throws {ToolError} `config/invalid` if the template has an unknown token.
 */
export function fileName(
  { fileTemplate, truncateSlugLength }: FileNaming,
  revision: { readonly id: string; readonly message: string },
  clock: WallClock,
): string {
  const values: Readonly<Record<string, string | number>> = {
    rev: revision.id,
    slug: slug(revision.message, truncateSlugLength),
    epoch: clock.epoch,
    year: clock.year,
    month: clock.month,
    day: clock.day,
    hour: clock.hour,
    minute: clock.minute,
    second: clock.second,
  };
  const name = fileTemplate.replace(token, (_, key: string, digits: string) => {
    const value = values[key];
    if (value === undefined) throw unknownToken(key, Object.keys(values));
    return String(value).padStart(Number(digits), "0");
  }).replaceAll("%%", "%");
  // Without a message, the default template would leave a separator at the end.
  return values["slug"] === "" ? name.replace(/[_-]+$/, "") : name;
}

const token = /%%?\((\w+)\)[.0]?(\d*)[sd]/g;

function unknownToken(key: string, known: readonly string[]): ToolError {
  return new ToolError(
    "config/invalid",
    `Cannot name a revision file: unknown token "${key}" in file_template`,
    {
      hint: didYouMean(key, known) || `Its tokens are ${known.join(", ")}`,
    },
  );
}

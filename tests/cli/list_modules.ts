/** Preloaded, it writes the path of each of our modules that is loaded, a line each, to where `MODULES` says. */
import { plugin } from "bun";
import { appendFileSync } from "node:fs";

plugin({
  name: "list-modules",
  setup(build) {
    build.onLoad({ filter: /\/lib\/.*\.ts$/ }, async ({ path }) => {
      appendFileSync(process.env["MODULES"] ?? "", `${path}\n`);
      return { contents: await Bun.file(path).text(), loader: "ts" };
    });
  },
});

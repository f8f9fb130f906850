#!/bin/sh
# What `make demo` shows: the beaver project on SQLite, in a folder of its own.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R "$here/beaver/." "$folder"
cp "$here/../dist/migrate" "$folder"
cd "$folder"
unset DATABASE_URL POSTGRES_HOST POSTGRES_DB
say() {
  printf '\n$ migrate %s\n' "$*"
  ./migrate "$@"
}
say upgrade head --dry-run
say upgrade head
say current
say history
say downgrade -1
say downgrade base
say current
printf '\nThe database is at base again. The executable is dist/migrate; copy it where you want it.\n'

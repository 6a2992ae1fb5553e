#!/usr/bin/env bash
# localstorage:// and indexeddb:// are places like any other to the command.
. "$(dirname "$0")/expect.sh"
export TFJS_STORE=$work/data/models.db

run 0 "$TFJS" cp "$zoo/io/plain" "$work/plain"
run 1 "$TFJS" summary localstorage://a/b
if grep -q TFJS_WITH_SQLITE "$work/err"; then exit 77; fi
complains "no model 'localstorage://a/b'"
one_line
absent "$work/data"

run 0 "$TFJS" cp "$work/plain" localstorage://a/b
quiet
run 0 "$TFJS" cp localstorage://a/b indexeddb://m
run 0 "$TFJS" verify indexeddb://m
run 0 "$TFJS" cp indexeddb://m "$work/back"
same_file "$work/plain/model.json" "$work/back/model.json"
same_file "$work/plain/model.weights.bin" "$work/back/model.weights.bin"
run 0 "$TFJS" predict localstorage://a/b --input "$zoo/io/plain/in0.npy" --output-dir "$work/outputs"

run 2 "$TFJS" cp indexeddb://m indexeddb://m
run 2 "$TFJS" summary localstorage://
complains "needs a name"

echo "no store" >"$work/notes.txt"
TFJS_STORE=$work/notes.txt run 1 "$TFJS" cp "$work/plain" localstorage://x
complains "notes.txt' is not a record store"
one_line
[ "$(cat "$work/notes.txt")" = "no store" ] || fail "another file was changed"
finish

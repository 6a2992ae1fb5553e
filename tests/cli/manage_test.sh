#!/usr/bin/env bash
# mv removes the source only when the copy is the same; rm and ls touch nothing that is no model's.
. "$(dirname "$0")/expect.sh"

run 0 "$TFJS" cp "$zoo/io/training_config_snake" "$work/a"
cp "$work/a/model.json" "$work/reference.json"
touch "$work/a/notes.txt"

# A move keeps every byte, leaves other files, and makes parents.
run 0 "$TFJS" mv "$work/a" "$work/deep/er/b"
quiet
same_file "$work/reference.json" "$work/deep/er/b/model.json"
[ "$(ls "$work/a")" = notes.txt ] || fail "left in the source: $(ls "$work/a")"
run 1 "$TFJS" mv "$work/a" "$work/c"
one_line
absent "$work/c"
run 2 "$TFJS" mv "$work/deep/er/b" "$work/deep/../deep/er/b/"
complains "the same"
present "$work/deep/er/b/model.json"

# A destination that fails leaves the source.
touch "$work/file"
run 1 "$TFJS" mv "$work/deep/er/b" "$work/file"
one_line
present "$work/deep/er/b/model.weights.bin"

# ls shows what is there.
run 0 "$TFJS" cp "$zoo/io/plain" "$work/deep/er/plain"
run 0 "$TFJS" ls "$work/deep/er"
says "$work/deep/er/b"
says "$work/deep/er/plain"
run 0 "$TFJS" ls "$work/deep/er" --json
python3 - "$work/out" "$work/deep/er/plain" <<'PY' || fail "ls --json is not as documented: $(cat "$work/out")"
import datetime, json, os, sys
models = json.load(open(sys.argv[1]))
assert [list(m) for m in models] == [["url", "dateSaved", "modelTopologyBytes", "weightSpecsBytes", "weightDataBytes"]] * 2
model = next(m for m in models if m["url"] == "file://" + sys.argv[2])
assert model["weightDataBytes"] == os.path.getsize(sys.argv[2] + "/model.weights.bin")
assert abs(datetime.datetime.fromisoformat(model["dateSaved"].replace("Z", "+00:00")).timestamp()
           - os.path.getmtime(sys.argv[2] + "/model.json")) < 1
PY
run 1 "$TFJS" ls "$work/nothing"
one_line
run 2 "$TFJS" ls nosuch://
one_line

# rm removes the model's files and says when there is none.
touch "$work/deep/er/plain/notes.txt"
run 0 "$TFJS" rm "$work/deep/er/plain" "$work/deep/er/b"
[ "$(ls -A "$work/deep/er/plain")" = notes.txt ] || fail "left: $(ls -A "$work/deep/er/plain")"
run 1 "$TFJS" rm "$work/deep/er/b"
one_line
run 2 "$TFJS" rm nosuch://x
run 2 "$TFJS" rm ''
finish

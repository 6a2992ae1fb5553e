#!/usr/bin/env bash
# Archives are places as folders are, and other programs and we read each other's.
. "$(dirname "$0")/expect.sh"

run 0 "$TFJS" cp "$zoo/io/plain" "$work/deep/m.zip"
quiet
run 0 "$TFJS" verify "$work/deep/m.zip"
run 0 "$TFJS" summary "$work/deep/m.zip"
run 0 "$TFJS" predict "$work/deep/m.zip" --input "$zoo/io/plain/in0.npy" --output-dir "$work/predicted"
run 0 "$TFJS" predict "$zoo/io/plain" --input "$zoo/io/plain/in0.npy" --output-dir "$work/expected"
same_file "$work/predicted/out0.npy" "$work/expected/out0.npy"

# What others unzip is a model's folder.
python3 -m zipfile -t "$work/deep/m.zip" >"$work/log" || fail "python's zipfile finds: $(cat "$work/log")"
python3 -m zipfile -e "$work/deep/m.zip" "$work/unzipped"
run 0 "$TFJS" verify "$work/unzipped"
same_file "$zoo/io/plain/model.weights.bin" "$work/unzipped/model.weights.bin"
if command -v unzip >/dev/null; then
  unzip -tqq "$work/deep/m.zip" >"$work/log" 2>&1 || fail "unzip finds: $(cat "$work/log")"
fi

# What others zip, compressed and in a folder, loads, and copies without loss.
(cd "$work" && python3 -m zipfile -c theirs.zip unzipped)
run 0 "$TFJS" cp "$work/theirs.zip" "$work/from_theirs"
same_file "$work/unzipped/model.json" "$work/from_theirs/model.json"
same_file "$work/unzipped/model.weights.bin" "$work/from_theirs/model.weights.bin"
if command -v zip >/dev/null; then
  (cd "$work/unzipped" && zip -q -r ../theirs2 .)
  run 0 "$TFJS" verify "$work/theirs2.zip"
  (cd "$work/unzipped" && zip -q -r - . >../streamed)
  run 0 "$TFJS" verify "$work/streamed"
fi

# Shards, and back; a second save replaces the file.
run 0 "$TFJS" cp "$work/deep/m.zip" "$work/shards.zip" --shard-bytes 40
run 0 "$TFJS" cp "$work/shards.zip" "$work/deep/m.zip"
run 0 "$TFJS" cp "$work/deep/m.zip" "$work/joined"
same_file "$zoo/io/plain/model.weights.bin" "$work/joined/model.weights.bin"
[ "$(ls -A "$work/deep")" = m.zip ] || fail "left over: $(ls -A "$work/deep")"

# Damage is found and named; a damaged archive spreads no further.
head -c 1000 "$work/deep/m.zip" >"$work/cut.zip"
run 1 "$TFJS" verify "$work/cut.zip"
one_line
complains "cut.zip"
run 1 "$TFJS" cp "$work/cut.zip" "$work/spread.zip"
absent "$work/spread.zip"
mkdir "$work/folder.zip"
run 1 "$TFJS" cp "$zoo/io/plain" "$work/folder.zip"
complains "folder"
(failures=0; ulimit -f 1; run 1 "$TFJS" cp "$TFJS_SOURCE_DIR/tests/fixtures/zoo/train_residual_bn_cnn" "$work/deep/m.zip"; [ "$failures" = 0 ]) || fail "a file-size limit is no plain error"
run 0 "$TFJS" verify "$work/deep/m.zip"

# Downloads: numbered, never replaced; not a place to load from.
export XDG_DOWNLOAD_DIR="$work/downloads"
run 0 "$TFJS" cp "$work/deep/m.zip" downloads://m
run 0 "$TFJS" cp "$work/deep/m.zip" downloads://m
present "$XDG_DOWNLOAD_DIR/m (1).weights.bin"
run 0 "$TFJS" verify "$XDG_DOWNLOAD_DIR/m (1).json"
run 1 "$TFJS" summary downloads://m
complains "save-only"
run 2 "$TFJS" cp "$work/deep/m.zip" downloads://../m
run 2 "$TFJS" cp "$work/deep/m.zip" downloads://
finish

#!/usr/bin/env bash
# cp keeps everything, replaces in one step, and can shrink.
. "$(dirname "$0")/expect.sh"

run 0 "$TFJS" cp "$zoo/io/plain" "$work/deep/er/copy"
says "weights"
quiet
same_file "$zoo/io/plain/model.weights.bin" "$work/deep/er/copy/model.weights.bin"
run 0 "$TFJS" verify "$work/deep/er/copy"

# Unknown fields, escapes and training config survive; a second copy is identical to the first.
run 0 "$TFJS" cp "$zoo/io/unicode_json" "$work/unicode"
run 0 "$TFJS" cp "$work/unicode" "$work/again"
same_file "$work/unicode/model.json" "$work/again/model.json"
run 0 "$TFJS" cp "$zoo/io/training_config_snake" "$work/training"
grep -q '"trainingConfig"' "$work/training/model.json" || fail "the training config is lost"

# Quantised bytes stay as they are.
run 0 "$TFJS" cp "$zoo/io/quant_uint8" "$work/quantised"
cat "$zoo"/io/quant_uint8/*.bin | cmp -s - "$work/quantised/model.weights.bin" || fail "quantised bytes changed"

# Shards are joined and cut.
run 0 "$TFJS" cp "$zoo/io/plain" "$work/shards" --shard-bytes 40
[ "$(ls "$work/shards" | wc -l)" -gt 2 ] || fail "no shards were made"
run 0 "$TFJS" verify "$work/shards"
run 0 "$TFJS" cp "$work/shards" "$work/joined"
same_file "$zoo/io/plain/model.weights.bin" "$work/joined/model.weights.bin"

for type in uint8 uint16 float16; do
  run 0 "$TFJS" cp "$zoo/io/plain" "$work/$type" --quantize "$type"
  grep -q "\"dtype\":\"$type\"" "$work/$type/model.json" || fail "no $type in model.json"
  run 0 "$TFJS" predict "$work/$type" --input "$zoo/io/plain/in0.npy" --output-dir "$work/out_$type"
done

# A graph model copies as well.
run 0 "$TFJS" cp "$zoo/io/graph_mlp" "$work/graph"
same_file "$zoo/io/graph_mlp/group1-shard1of1.bin" "$work/graph/model.weights.bin"

# Other files in the folder stay; the old model's shards go.
touch "$work/shards/notes.txt"
run 0 "$TFJS" cp "$zoo/io/plain" "$work/shards"
present "$work/shards/notes.txt"
[ "$(ls -A "$work/shards" | wc -l)" = 3 ] || fail "left over: $(ls -A "$work/shards")"

# A damaged byte is found, and named.
printf 'X' | dd of="$work/joined/model.weights.bin" bs=1 seek=5 conv=notrunc 2>/dev/null
run 1 "$TFJS" verify "$work/joined"
one_line
complains "model.weights.bin"
complains "SHA-256"
run 1 "$TFJS" cp "$work/joined" "$work/spread"
absent "$work/spread/model.json"

# Refusals leave the target alone.
run 2 "$TFJS" cp "$work/unicode" "$work/unicode"
run 2 "$TFJS" cp "$work/unicode" "$work/./unicode/"
run 1 "$TFJS" cp "$zoo/io/bad_truncated_odd" "$work/unicode"
same_file "$work/unicode/model.json" "$work/again/model.json"
touch "$work/file"
run 1 "$TFJS" cp "$zoo/io/plain" "$work/file"
complains "file"
(failures=0; ulimit -f 1; run 1 "$TFJS" cp "$TFJS_SOURCE_DIR/tests/fixtures/zoo/train_residual_bn_cnn" "$work/unicode"; [ "$failures" = 0 ]) || fail "a file-size limit is no plain error"
same_file "$work/unicode/model.json" "$work/again/model.json"
finish

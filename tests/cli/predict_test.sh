#!/usr/bin/env bash
# predict, summary, inspect, verify and bench on fixtures.
. "$(dirname "$0")/expect.sh"

run 0 "$TFJS" summary "$zoo/io/plain"
says "Total params"
quiet
run 0 "$TFJS" summary "file://$zoo/io/plain/model.json"
run 0 "$TFJS" inspect "$zoo/io/quant_uint8"
says "stored as uint8"
run 0 "$TFJS" inspect "$zoo/io/plain" --json
says '"format":"layers-model"'
run 0 "$TFJS" inspect "$zoo/io/graph_mlp"
says "graph-model"
mkdir "$work/bare" && cp "$zoo/io/plain/model.json" "$work/bare"
run 0 "$TFJS" inspect "$work/bare"
run 1 "$TFJS" verify "$work/bare"

# No terminal is fooled by names.
mkdir "$work/escape" && sed 's/"generatedBy":"/&\\u001b[2J/' "$zoo/io/plain/model.json" >"$work/escape/model.json"
run 0 "$TFJS" inspect "$work/escape"
says '\x1b[2J'

run 0 "$TFJS" verify "$zoo/io/plain"
says "ok"
run 1 "$TFJS" verify "$zoo/io/extra_bytes"
complains "64"
run 0 "$TFJS" predict "$zoo/io/extra_bytes" --input "$zoo/io/extra_bytes/in0.npy" --output-dir "$work/extra"
complains "warning:"
run 0 "$TFJS" verify "$zoo/io/graph_mlp"

run 0 "$TFJS" predict "$zoo/io/plain" --input "$zoo/io/plain/in0.npy" --output-dir "$work/a/b" --json
says '"file"'
present "$work/a/b/out0.npy"
quiet
run 0 "$TFJS" predict "$zoo/multi_io" --input "$zoo/multi_io/in0.npy" "$zoo/multi_io/in1.npy" --output-dir "$work/m"
present "$work/m/out1.npy"
run 0 "$TFJS" inspect "$zoo/multi_io" --json
run 1 "$TFJS" predict "$zoo/multi_io" --input "$zoo/multi_io/in0.npy" --output-dir "$work/m2"
complains "input"
absent "$work/m2"
run 1 "$TFJS" predict "$zoo/io/plain" --input "$zoo/io/plain/model.json" --output-dir "$work/m2"
complains "npy"
mkfifo "$work/pipe"
run 1 timeout 10 "$TFJS" predict "$zoo/io/plain" --input "$work/pipe" --output-dir "$work/m2"
complains "not a regular file"

for model in "$zoo"/io/bad_*/; do
  grep -q '"kind": "layers-model"' "$model/case.json" || continue
  run 1 timeout 20 "$TFJS" verify "$model"
  one_line
done

run 0 "$TFJS" bench "$zoo/io/plain" --seconds 0.05 --threads 1 --batch 4
says "median"
run 0 "$TFJS" bench "$zoo/io/plain" --seconds 0 --json
says '"peakBytes"'
finish

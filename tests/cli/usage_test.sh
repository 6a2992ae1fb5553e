#!/usr/bin/env bash
# Exit codes and messages of the command as a whole.
. "$(dirname "$0")/expect.sh"

run 0 "$TFJS" --version
says "tfjs "
run 0 "$TFJS" --help
for command in summary inspect verify predict cp mv rm ls bench; do
  says "$command"
  run 0 "$TFJS" "$command" --help
  says "Example"
  grep -q "^\.B $command" "$TFJS_SOURCE_DIR/cli/share/tfjs.1" || fail "the man page lacks $command"
  for option in $(grep -o -- '--[a-z-]*' "$work/out" | sort -u); do
    grep -q -- "$(printf %s "$option" | sed 's/-/\\\\-/g')" "$TFJS_SOURCE_DIR/cli/share/tfjs.1" || fail "the man page lacks $option"
    grep -q -- "$option" "$TFJS_SOURCE_DIR/cli/share/tfjs.bash" || fail "the completion lacks $option"
  done
  run 0 "$TFJS" --help
done

run 2 "$TFJS"
run 2 "$TFJS" nonsense
run 2 "$TFJS" summary
run 2 "$TFJS" summary --nonsense "$zoo/io/plain"
run 2 "$TFJS" summary nosuch://model
complains "nosuch"
run 2 "$TFJS" predict "$zoo/io/plain" --output-dir "$work/o"
run 2 "$TFJS" predict "$zoo/io/plain" --input x.npy --output-dir "$work/o" --threads 0
run 2 "$TFJS" cp "$zoo/io/plain" "$work/o" --quantize int4
run 2 "$TFJS" cp "$zoo/io/plain" "$work/o" --shard-bytes -5
run 2 "$TFJS" bench "$zoo/io/plain" --seconds nan
run 1 "$TFJS" summary "$work/not there"
one_line
complains "not there"
run 1 "$TFJS" summary "$work/$(printf 'new\nline')"
one_line

# Numbers that files claim are added up without overflowing.
mkdir "$work/claims"
{
  printf '{"weightsManifest":[{"paths":[],"weights":['
  for i in 1 2 3 4 5 6 7 8 9; do printf '{"name":"w%s","shape":[1152921504606846976],"dtype":"bool"},' $i; done
  printf '{"name":"w0","shape":[],"dtype":"bool"}]}]}'
} >"$work/claims/model.json"
run 0 "$TFJS" inspect "$work/claims"
says "parameters   10376293541461623000"

# What cannot be written is an error, not silence.
if [ -w /dev/full ]; then
  "$TFJS" summary "$zoo/io/plain" >/dev/full 2>"$work/err" && fail "a full disk on stdout went unnoticed"
  "$TFJS" --help >/dev/full 2>"$work/err" && fail "a full disk on stdout went unnoticed by --help"
fi
finish

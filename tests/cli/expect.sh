# Assertions for the command's tests: source it, then end with `finish`.
zoo=$TFJS_SOURCE_DIR/tests/fixtures/zoo
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# run CODE COMMAND...: runs it, keeps $work/out and $work/err, checks the exit code.
run() {
  local expected=$1 code=0
  shift
  "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?
  if [ "$code" != "$expected" ]; then
    fail "exit $code instead of $expected: $*"
    sed 's/^/    /' "$work/err"
  fi
}

# says TEXT: the last run's stdout has it. complains TEXT: its stderr has it, in one line for exit code 1.
says() { grep -qF -- "$1" "$work/out" || fail "stdout lacks '$1': $(head -c 300 "$work/out")"; }
complains() { grep -qF -- "$1" "$work/err" || fail "stderr lacks '$1': $(head -c 300 "$work/err")"; }
one_line() { [ "$(wc -l <"$work/err")" = 1 ] || fail "stderr is not one line: $(cat "$work/err")"; }
quiet() { [ ! -s "$work/err" ] || fail "stderr is not empty: $(cat "$work/err")"; }
same_file() { cmp -s "$1" "$2" || fail "$1 and $2 differ"; }
present() { [ -e "$1" ] || fail "$1 is missing"; }
absent() { [ ! -e "$1" ] || fail "$1 is there"; }

finish() {
  [ "$failures" = 0 ] && echo "all checks passed"
  exit $((failures > 0))
}

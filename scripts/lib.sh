# Shared by the scripts of this folder: `source "$(dirname "$0")/lib.sh"`. Goes to the root of the checkout.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  bold='' dim='' red='' green='' plain=''
fi

# say TEXT...: a heading.
say() { printf '\n%s== %s%s\n' "$bold" "$*" "$plain"; }

die() {
  printf '%s%s%s\n' "$red" "$*" "$plain" >&2
  exit 1
}

jobs=${TFJS_JOBS:-$(nproc)}

# with_fixed_addresses COMMAND...: the sanitizers of Debian 12 do not start under kernels that spread addresses wider
# than they know. Where the system allows it, the command runs without address randomisation.
with_fixed_addresses() {
  if setarch "$(uname -m)" -R true 2>/dev/null; then
    setarch "$(uname -m)" -R "$@"
  else
    "$@"
  fi
}

# bash completion for tfjs
_tfjs() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  local place="--header --timeout --retry --insecure --ca-file --store" options
  local common="--follow-links --no-verify $place --help"
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "summary inspect verify predict cp mv rm ls bench --help --version" -- "$current")
    return
  fi
  case $previous in
    --quantize) mapfile -t COMPREPLY < <(compgen -W "uint8 uint16 float16" -- "$current"); return ;;
    --ca-file | --store) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    --header | --method | --timeout | --retry | --threads | --batch | --batch-size | --seconds | --shard-bytes) return ;;
    --output-dir) mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
  esac
  case $command in
    summary) options="$common" ;;
    inspect) options="--json $common" ;;
    verify) options="--no-strict $common" ;;
    predict) options="--input --output-dir --threads --batch-size --no-strict --json $common" ;;
    cp) options="--quantize --shard-bytes --cached --method $common" ;;
    mv) options="--quantize --shard-bytes --method $common" ;;
    rm) options="--store --help" ;;
    ls) options="--json --store --help" ;;
    bench) options="--threads --batch --seconds --no-strict --json $common" ;;
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -o filenames -F _tfjs tfjs

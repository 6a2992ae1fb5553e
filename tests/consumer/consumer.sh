#!/usr/bin/env bash
# consumer.sh find_package|fetch_content|pkg_config: builds examples/consumer, a user's project, with the library as
# installed or as sources, and runs it.
set -euo pipefail
way=$1
source=$TFJS_SOURCE_DIR/examples/consumer
build=$TFJS_BUILD_DIR/consumer/$way
prefix=$TFJS_BUILD_DIR/consumer/prefix-$way
rm -rf "$build" "$prefix"
mkdir -p "$build"

case $way in
  find_package)
    cmake --install "$TFJS_BUILD_DIR" --prefix "$prefix" >/dev/null
    cmake -S "$source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$prefix"
    cmake --build "$build"
    "$prefix/bin/tfjs" --version
    ;;
  fetch_content)
    # As deep a folder as the build's own: relative paths, which ccache goes by, are then the same.
    build=$TFJS_BUILD_DIR-$way
    rm -rf "$build"
    cmake -S "$source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DTFJS_SOURCE="$TFJS_SOURCE_DIR"
    cmake --build "$build"
    ;;
  pkg_config)
    command -v pkg-config >/dev/null || { echo "skipped: no pkg-config"; exit 77; }
    cmake --install "$TFJS_BUILD_DIR" --prefix "$prefix" >/dev/null
    PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name tfjs.pc)")
    export PKG_CONFIG_PATH
    flags=$(pkg-config --define-variable=prefix="$prefix" --cflags --libs tfjs)
    # shellcheck disable=SC2086
    g++ -std=c++20 -O1 "$source/main.cc" -o "$build/consumer" $flags
    ;;
  *)
    echo "consumer.sh: unknown way '$way'" >&2
    exit 2
    ;;
esac

cd "$build"
./consumer
test -s my-model/model.json
test -s my-model/model.weights.bin

#!/usr/bin/env python3
"""Looks for what no tracked text should have: questions about the platform outside tfjs/platform and
the folders native/ and web/, paths of somebody's machine, unfinished marks, a README example that is
not the one the tests compile, a test that docs/reliability.md names and nobody wrote. Reports files of
more than 500 lines (look for the second idea in them) without failing."""
import glob
import re
import subprocess
import sys

PLATFORM = re.compile(r"\b(__EMSCRIPTEN__|_WIN32|_WIN64|_MSC_VER|__linux__|__APPLE__|__unix__|__wasm__)\b")
# Assembled, so that this file does not contain what it looks for.
MACHINE = re.compile("/(?:" + "|".join(["work", "root", "home/[a-z]+", "Users/[A-Za-z]+"]) + ")/")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
REGISTRY = re.compile(r'"resolved":\s*"http')
SOURCES = (".cc", ".h", ".def", ".mjs", ".js", ".ts", ".py", ".sh", ".cmake")
# C++ in a document stands word for word in a program that the tests build and run.
EXAMPLES = {
    "README.md": ["examples/consumer/main.cc"],
    "docs/saving-and-loading.md": sorted(glob.glob("examples/save_and_load/*.cc")),
}
RELIABILITY = "docs/reliability.md"
TEST = re.compile(r"^(?:TYPED_)?TEST(?:_F|_P)?\((\w+),\s*(\w+)\)", re.M)
# The sentences of a contract are tests of every suite made by a call of it; `Contract` stands for all of these.
CONTRACT_SUITE = re.compile(r"test_(?:handler|store)_contract\(\s*\"(\w+)\"")
CONTRACT_TEST = re.compile(r"^ +\{\"(\w+)\", \w+\}", re.M)


def tracked():
    names = subprocess.run(["git", "ls-files"], check=True, capture_output=True, text=True).stdout
    return [name for name in names.split("\n") if name and not name.startswith(("tests/fixtures/", "fuzz/corpus/"))]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def tests_nobody_wrote():
    """Names in the last column of RELIABILITY's tables: `Suite.Test`, `Test` of the suite before, `Suite.*`, a file."""
    names, written, suites, sentences = tracked(), set(), ["Contract"], []
    for path in names:
        if path.endswith("_test.cc"):
            text = read(path)
            written.update(f"{suite}.{test}" for suite, test in TEST.findall(text))
            suites += CONTRACT_SUITE.findall(text)
        elif path.endswith("_contract_test.h"):
            sentences += CONTRACT_TEST.findall(read(path))
    written.update(f"{suite}.{test}" for suite in suites for test in sentences)
    rows = [line.rstrip("|").split("|") for line in read(RELIABILITY).split("\n") if line.startswith("|")]
    for row in rows:
        suite = ""
        for name in re.findall(r"`([^`]+)`", row[-1]):
            if "/" in name:
                if name not in names:
                    yield name
                continue
            suite, _, test = name.rpartition(".") if "." in name else (suite, "", name)
            wanted = re.escape(f"{suite}.{test}").replace(r"\*", ".*")
            if not any(re.fullmatch(wanted, each) for each in written):
                yield f"{suite}.{test}"


def main():
    failures, reports = [], []
    for path in tracked():
        try:
            with open(path, encoding="utf-8") as file:
                text = file.read()
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        is_source = path.endswith(SOURCES)
        may_ask = path.startswith(("tfjs/platform/", "web/", "scripts/")) or "/native/" in path or "/web/" in path
        for number, line in enumerate(text.split("\n"), 1):
            if is_source and not may_ask and PLATFORM.search(line):
                failures.append(f"{path}:{number}: asks for the platform; make it a file of tfjs/platform")
            if MACHINE.search(line):
                failures.append(f"{path}:{number}: a path of one machine: {line.strip()[:100]}")
            if is_source and path != "scripts/check_texts.py" and UNFINISHED.search(line):
                failures.append(f"{path}:{number}: unfinished: {line.strip()[:100]}")
            if path.endswith("package-lock.json") and REGISTRY.search(line):
                failures.append(f"{path}:{number}: names a registry host (npm option omit-lockfile-registry-resolved)")
                break
        lines = text.count("\n")
        if is_source and lines > 500:
            reports.append(f"  {path} has {lines} lines")

    for document, programs in EXAMPLES.items():
        compiled = "".join(read(program) for program in programs)
        for block in re.findall(r"```cpp\n(.*?)```", read(document), re.S):
            if block not in compiled:
                failures.append(f"{document}: a C++ example is not, word for word, in {' or '.join(programs)}: {block}")

    failures += [f"{RELIABILITY}: there is no test {name}" for name in tests_nobody_wrote()]

    if reports:
        print("\n".join(["Long files:"] + reports))
    if failures:
        print("\n".join(failures))
    sys.exit(1 if failures else 0)


main()

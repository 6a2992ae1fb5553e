#!/usr/bin/env python3
"""Holds the .def lists to the definitions they name, in both directions.

The comment of a list says what a line stands for, and this script reads it there:

    // OP(Name): ops/ defines `const Op k<Name>`.

Every OP(X) must then have a definition `const Op kX` in some .cc file under tfjs/ops/, and every such definition its
line. A list of table rows, each complete in itself, says `// rows: UNARY(...)` instead.
"""
import glob
import re
import sys

RULE = re.compile(r"(\w+)\(([\w, ]+)\): (\w+)/ defines `([^`]+)`")
ROWS = re.compile(r"\brows: (\w+)\(")


def pattern_of(text, names):
    """The definition's text as a regex at the start of a line, with a named group for each argument."""
    regex = ""
    for piece in re.split(r"(<\w+>|\s+)", text):
        if piece[1:-1] in names and piece.startswith("<"):
            name = piece[1:-1]
            # A name cannot run over the underscore that joins two arguments, but a set's name has none.
            regex += rf"(?P<{name}>[A-Za-z0-9]+)" if len(names) > 1 else rf"(?P<{name}>\w+)"
        elif piece.isspace():
            regex += r"\s+"
        else:
            regex += re.escape(piece)
    return re.compile(r"^(?:extern )?" + regex.rstrip() + r"(?!\w)" * regex[-1:].isalnum(), re.M)


def sources_of(folder):
    for path in sorted(glob.glob(f"tfjs/{folder}/**/*.cc", recursive=True)):
        if not path.endswith("_test.cc"):
            with open(path, encoding="utf-8") as file:
                yield path, file.read()


def problems_of(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    comment = " ".join(line.lstrip("/ ").strip() for line in text.split("\n") if line.startswith("//"))
    rules = list(RULE.finditer(comment))
    tables = set(ROWS.findall(comment))
    lines = [(m.group(1), m.group(2)) for m in re.finditer(r"^(\w+)\((.*)\)", text, re.M)]
    if not rules and not tables:
        yield f"{path}: its comment does not say what a line stands for (see scripts/check_defs.py)"
        return
    known = {rule.group(1) for rule in rules}
    for macro in sorted({macro for macro, _ in lines} - known):
        if not tables:
            yield f"{path}: {macro}(...) is not explained in its comment"

    for rule in rules:
        macro, folder, definition = rule.group(1), rule.group(3), rule.group(4)
        names = [name.strip() for name in rule.group(2).split(",")]
        pattern = pattern_of(definition, names)
        listed = []
        for line_macro, arguments in lines:
            if line_macro == macro:
                listed.append(tuple(a.strip() for a in arguments.split(","))[: len(names)])
        for twice in sorted({entry for entry in listed if listed.count(entry) > 1}):
            yield f"{path}: {macro}({', '.join(twice)}) is there twice"
        defined = {}
        for source, content in sources_of(folder):
            for match in pattern.finditer(content):
                defined[tuple(match.groupdict().get(name, "") for name in names)] = source
        used = [i for i, name in enumerate(names) if f"<{name}>" in definition]
        short = lambda entry: tuple(entry[i] for i in used)
        known_definitions = {short(entry): source for entry, source in defined.items()}
        for entry in listed:
            if short(entry) not in known_definitions:
                yield f"{path}: {macro}({', '.join(entry)}) has no definition `{definition}` in tfjs/{folder}/"
        listed_short = {short(entry) for entry in listed}
        for entry, source in sorted(known_definitions.items()):
            if entry not in listed_short:
                yield f"{source}: {macro}({', '.join(entry)}) has no line in {path}"


def main():
    found = []
    for path in sorted(glob.glob("tfjs/**/*.def", recursive=True)):
        found += problems_of(path)
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)


main()

#!/usr/bin/env python3
"""Holds the .def lists to the definitions they name, in both directions.

The comment of a list says what a line stands for, and this script reads it there:

    // OP(Name): ops/ defines `const Op k<Name>`.
    // COMMAND(name): cli/<name>.cc defines `void add_<name>(CLI::App& app)`.

Every OP(X) must then have a definition `const Op kX` in some .cc file under tfjs/ops/ (where the
comment names the file: in that file), and every such definition its line. The comment of a table,
whose rows are complete in themselves, explains `UNARY(Kind, ...)` and no definition.
"""
import glob
import os
import re
import sys

RULE = re.compile(r"(\w+)\(([\w, ]+)\): ([\w/<>.]+) defines `([^`]+)`")
EXPLAINED = re.compile(r"\b([A-Z_0-9]+)\b")


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


def folder_of(place):
    """The folder of `ops/` or `cli/<name>.cc`: one of the library, or one beside it."""
    folder = place.split("<")[0].rstrip("/")
    return f"tfjs/{folder}" if os.path.isdir(f"tfjs/{folder}") else folder


def sources_of(folder):
    for path in sorted(glob.glob(f"{folder}/**/*.cc", recursive=True)):
        if not path.endswith("_test.cc"):
            with open(path, encoding="utf-8") as file:
                yield path, file.read()


def problems_of(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    comment = " ".join(line.lstrip("/ ").strip() for line in text.split("\n") if line.startswith("//"))
    rules = list(RULE.finditer(comment))
    lines = [(m.group(1), m.group(2)) for m in re.finditer(r"^(\w+)\((.*)\)", text, re.M)]
    for macro in sorted({macro for macro, _ in lines} - set(EXPLAINED.findall(comment))):
        yield f"{path}: its comment does not say what {macro}(...) stands for (see scripts/check_defs.py)"

    for rule in rules:
        macro, place, definition = rule.group(1), rule.group(3), rule.group(4)
        folder = folder_of(place)
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
                yield f"{path}: {macro}({', '.join(entry)}) has no definition `{definition}` in {folder}/"
            elif place.endswith(".cc"):
                file = place
                for name, value in zip(names, entry):
                    file = file.replace(f"<{name}>", value)
                source = known_definitions[short(entry)]
                if not source.endswith(file):
                    yield f"{path}: {macro}({', '.join(entry)}) is defined in {source}, not {file}"
        listed_short = {short(entry) for entry in listed}
        for entry, source in sorted(known_definitions.items()):
            if entry not in listed_short:
                yield f"{source}: {macro}({', '.join(entry)}) has no line in {path}"


def main():
    found = []
    for path in sorted(glob.glob("tfjs/**/*.def", recursive=True) + glob.glob("cli/*.def")):
        found += problems_of(path)
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)


main()

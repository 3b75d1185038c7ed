"""Everything a user can read, as words with the place they stand: templates, Python, TOML and the page's script."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("core", "contacts", "notifications", "transfers", "dialogue", "minimtv", "portfolio", "config")
GAP = "\x00"  # stands for a value that is only known when the text is shown

# Words that stand in Danish sentences, and neither in English ones nor in SQL.
SMALL_WORDS = """
    af alle allerede andre bliver denne der deres det dette dig din du efter eller endnu er fra har hos hvad hvem hver
    hvilke hvis hvor igen ikke inden ingen jeres kan kun med mellem mindst mod nye og sag sagen samt selv skal som
    stadig til uden ved vil
"""
DANISH = frozenset(SMALL_WORDS.split())
TAG = re.compile(r"{%.*?%}|{#.*?#}", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
VALUE = re.compile(r"[^\W\d_]*{{.*?}}[^\W\d_]*", re.DOTALL)
QUOTED = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
SHOWN = re.compile(r'(?:aria-label|data-title|title|alt|value)="([^"{]*)"')
ELEMENT = re.compile(r"<[^>]*>", re.DOTALL)
UNTOLD = re.compile(r"<(?:code|svg|style|script)\b.*?</(?:code|svg|style|script)>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
ESCAPE = re.compile(r"\\[nrt]")
CODE = re.compile(r"^[</.#^]|<\w+:|\b(SELECT|FROM|TRIGGER|INSERT)\b|-[A-Z][a-z]|\\u")
LABEL = re.compile(r"[A-ZÆØÅ][a-zæøåé]{2,}(?:[ -][(A-Za-zæøåÆØÅé)]+)*[.:?!]?")
FIELD = re.compile(r"\s*([\w-]+)\s*=")
NAMES = frozenset({"key", "kind", "source", "email", "code", "name", "short"})  # what is not prose in TOML


@dataclass(frozen=True)
class Word:
    """One word and where it stands."""

    text: str
    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.text}"


def all_words() -> Iterator[Word]:
    """Give every word of every text."""
    for path in sorted((ROOT / "templates").rglob("*.*")):
        yield from words_of(path, template_texts(path.read_text(encoding="utf-8")))
    for path in (path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts):
        yield from words_of(path, python_texts(path.read_text(encoding="utf-8")))
    for path in (path for app in APPS for path in sorted((ROOT / app).rglob("*.toml"))):
        yield from words_of(path, toml_texts(path.read_text(encoding="utf-8")))
    script = ROOT / "static" / "core" / "app.js"
    yield from words_of(script, quoted_texts(script.read_text(encoding="utf-8")))


def words_of(path: Path, texts: Iterable[tuple[int, str]]) -> Iterator[Word]:
    """Give the words of numbered lines of text; single letters and abbreviations in capitals are left out."""
    for line, text in texts:
        for found in WORD.finditer(text):
            if len(found[0]) > 1 and not found[0].isupper():
                yield Word(found[0], path, line)


def blank(found: re.Match[str]) -> str:
    """Return the line breaks of what is taken out, so that lines keep their numbers."""
    return " " + "\n" * found[0].count("\n")


# --- Templates ----------------------------------------------------------------------------------------


def template_texts(source: str) -> Iterator[tuple[int, str]]:
    """Give what a reader sees of a template: text, texts handed to tags, and attributes that are read aloud."""
    source = VALUE.sub(blank, COMMENT.sub(blank, source))
    for found in TAG.finditer(source):
        said = (text for text in QUOTED.findall(found[0]) if is_danish(text))
        yield from ((source.count("\n", 0, found.start()) + 1, text) for text in said)
    source = UNTOLD.sub(blank, TAG.sub(blank, source))
    for found in SHOWN.finditer(source):
        if is_danish(found[1]):
            yield source.count("\n", 0, found.start()) + 1, found[1]
    yield from enumerate(re.sub(r"&\w+;", " ", ELEMENT.sub(blank, source)).splitlines(), start=1)


# --- Python -------------------------------------------------------------------------------------------


def python_texts(source: str) -> Iterator[tuple[int, str]]:
    """Give the string literals that look Danish; docstrings are English and are left out."""
    tree = ast.parse(source)
    left_out = {id(node) for found in ast.walk(tree) for node in docstring(found)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            left_out |= {id(part) for part in node.values}
            yield from kept(node.lineno, "".join(map(part_of, node.values)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield from kept(node.lineno, node.value)


def docstring(node: ast.AST) -> Iterator[ast.AST]:
    """Give the string that stands as a statement, and the names a module exports."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.Assign) and [getattr(name, "id", "") for name in node.targets] == ["__all__"]:
        yield from ast.walk(node.value)


def part_of(node: ast.expr) -> str:
    """Return a part of an f-string as it reads; a value is a gap."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else GAP


def kept(line: int, text: str) -> Iterator[tuple[int, str]]:
    """Give a text that looks Danish, without the words a value is part of."""
    if is_danish(text):
        yield line, re.sub(rf"[^\W\d_]*{GAP}[^\W\d_]*", " ", text)


def is_danish(text: str) -> bool:
    """Tell whether a string is meant for a reader: Danish letters, a Danish small word, or a capital at its head."""
    words = WORD.findall(text)
    if not words or CODE.search(text):
        return False
    if re.search("[æøåÆØÅ]", text) or DANISH & {word.lower() for word in words}:
        return True
    return bool(LABEL.fullmatch(text))


# --- TOML and script ----------------------------------------------------------------------------------


def toml_texts(source: str) -> Iterator[tuple[int, str]]:
    """Give the texts of a data file; what is a key, a code or a name of somebody is left out."""
    inside = False
    for line, text in enumerate(ESCAPE.sub(" ", source).splitlines(), start=1):
        bare = "" if text.lstrip().startswith("#") else text
        marks, key = bare.count('"""'), FIELD.match(bare)
        if inside or marks:
            yield line, bare.replace('"""', " ") if inside else bare.partition('"""')[2].replace('"""', " ")
        elif not key or key[1] not in NAMES:
            yield from ((line, said) for said in QUOTED.findall(bare) if is_danish(said) and " " in said)
        inside ^= marks % 2 == 1


def quoted_texts(source: str) -> Iterator[tuple[int, str]]:
    """Give the Danish texts of a script."""
    for line, text in enumerate(source.splitlines(), start=1):
        yield from ((line, said) for said in QUOTED.findall(text) if is_danish(said))

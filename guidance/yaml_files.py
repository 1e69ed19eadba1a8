"""One content file of YAML -> plain dicts and lists that remember their line, or a ContentError that names file, line and remedy.

Used by every loader in guidance/. Knows nothing of what the files mean.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml


class ContentError(Exception):
    """Something in procedures_corpus/ is wrong: the message names the file, the line, the fault and the remedy."""

    def __init__(self, path: Path | str, line: int | None, fault: str, remedy: str = "") -> None:
        self.path, self.line, self.fault, self.remedy = str(path), line, fault, remedy
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {fault}" + (f" ({remedy})" if remedy else ""))


class LinedDict(dict[str, Any]):
    """A mapping read from YAML; `line` is the 1-based line it starts on."""

    line: int = 0


class _Loader(yaml.CSafeLoader):
    """Safe loader without YAML 1.1's surprises: no duplicate keys, no yes/no booleans, no dates made of strings."""

    name: str


_BOOLEAN, _DATE = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in (_BOOLEAN, _DATE)]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOLEAN, re.compile("^(?:true|false)$"), ["t", "f"])


def _mapping(loader: _Loader, node: yaml.MappingNode) -> LinedDict:
    result = LinedDict()
    result.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in result:
            raise ContentError(
                loader.name,
                key_node.start_mark.line + 1,
                f"'{key}' stands here twice",
                "delete one of the two; only one could be kept",
            )
        result[str(key)] = loader.construct_object(value_node, deep=True)
    return result


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(path: Path) -> Any:
    """Return the file's content.

    raises  ContentError: the file is absent, is not YAML, or has a key twice
    """
    return read_yaml_text(read_text(path), path)


def read_text(path: Path) -> str:
    """The file as text.

    raises  ContentError: it is absent, or not written as UTF-8
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(path, None, "the file is missing", "restore it from version control") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ContentError(path, line, "a character cannot be read", "save the file as UTF-8") from None


def read_yaml_text(text: str, path: Path) -> Any:
    """The same for a text that is already read (a chapter's front matter); `path` is only named in errors."""
    try:
        loader = _Loader(text)
        loader.name = str(path)
        return loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ContentError(
            path,
            mark.line + 1 if mark else None,
            f"not readable as YAML: {getattr(error, 'problem', error)}",
            "check quotes and indentation",
        ) from None

"""Which files drafts go into: one for each place, or one for all; nothing that a person wrote is lost."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import OptionError, OutputError
from outreach.files.delimited import delimited
from outreach.files.output import describe_place, store_bytes, translate_errors
from outreach.messages import describe
from outreach.tables import neutral
from outreach.teasers.draft_files import book, edited, is_ours, kept_in, page, whose
from outreach.teasers.draft_names import Whose, names_of_files
from outreach.teasers.drafts import COLUMNS, placement_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from outreach.teasers.drafts import Draft

__all__ = ["Copies", "Plan", "is_folder", "planned", "refuse_name", "store_plan", "whole"]

FILES: Final = {".md": "md", ".markdown": "md", ".json": "json", ".csv": "csv"}
OTHER_FILES: Final = (
    ".txt", ".tsv", ".jsonl", ".xlsx", ".xls", ".ods", ".doc", ".docx", ".odt", ".rtf", ".pdf", ".html", ".htm",
    ".toml", ".yaml", ".yml", ".xml", ".db", ".zip",
)  # fmt: skip
"""How names end that nobody means for a folder."""
ENDINGS: Final = f"a file ends in {', '.join(FILES)}"
ANOTHER_NAME: Final = "give another name, or remove it first"


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes into which file; nothing is written yet.

    Args:
        output: Where to, as the user named it.
        drafts: All of them, those of edited files with the text that stands there.
        texts: File to its new content; a file that has it already is not among them.
        edited: Files that a person changed, which stay.
        outdated: Those of them whose link is another one than the draft's.
        foreign: Files in the way that are none of ours; they stay in any case.
        copies: The same drafts in other forms beside these.
        files: Of each place; empty where all drafts go into one.

    """

    output: str
    drafts: Sequence[Draft]
    texts: Mapping[Path, str]
    edited: tuple[Path, ...] = ()
    outdated: tuple[Path, ...] = ()
    foreign: tuple[Path, ...] = ()
    copies: Mapping[Path, bytes] = field(default_factory=dict)
    files: Mapping[Whose, Path] = field(default_factory=dict)

    def file_of(self, draft: Draft) -> Path:
        """Return the file that a draft goes into."""
        return self.files.get(_whose(draft), Path(self.output))


@dataclass(frozen=True, slots=True)
class Copies:
    """What goes into which file beside the Markdown files; nothing is written yet.

    Args:
        files: File to its new content; a file that has it already is not among them.
        edited: Files that a person changed, which stay.
        foreign: Files in the way that are none of ours; they stay in any case.

    """

    files: Mapping[Path, bytes]
    edited: tuple[Path, ...] = ()
    foreign: tuple[Path, ...] = ()


if TYPE_CHECKING:
    CopiesOf = Callable[[Mapping[Path, Sequence[Draft]]], Copies]
    """From a Markdown file and its drafts, with the texts that a person gave them there."""


def planned(
    drafts: Sequence[Draft],
    addresses: Mapping[str, str],
    output: str,
    *,
    form: str | None,
    force: bool,
    copies: CopiesOf | None = None,
) -> Plan:
    """Plan which files are written, and refuse what cannot or must not be, before anything is.

    Args:
        drafts: What to write.
        addresses: Of the places, by key.
        output: A folder, or a file by its ending.
        form: How, where the name of a file does not tell.
        force: Replace what a person edited, and tables of ours.
        copies: What plans more forms of the drafts in a folder; None for no more.

    Raises:
        OutputError: The files cannot be written, or hold somebody's work.

    """
    plan = _planned(drafts, addresses, output, form, copies, force=force)
    for path in (*plan.texts, *plan.copies):
        if os.path.exists(path) and not os.access(path, os.W_OK):  # noqa: PTH110 - Path's fails at long names
            raise OutputError(f"{path}: this file is read-only", hint="allow writing, or give another name")
    return plan


def _planned(
    drafts: Sequence[Draft],
    addresses: Mapping[str, str],
    output: str,
    form: str | None,
    copies: CopiesOf | None,
    *,
    force: bool,
) -> Plan:
    path = Path(output)
    if is_folder(output):
        return _in_folder(drafts, addresses, output, copies, force=force)
    _refuse_parent(path)
    form = form or FILES[path.suffix.lower()]
    if form == "md":
        return _in_book(drafts, addresses, output, force=force)
    new = whole(drafts, addresses, form)
    old = _old(path)
    if old is not None and old.strip() and old != new:
        _refuse_table(path, old, form, force=force)
    return Plan(output, drafts, {} if old == new else {path: new})


def store_plan(plan: Plan) -> list[str]:
    """Write the files of a plan; return sentences on those that had to go elsewhere.

    Raises:
        OutputError: A file cannot be written.

    """
    if is_folder(plan.output):
        with translate_errors(plan.output):
            Path(plan.output).mkdir(parents=True, exist_ok=True)
    contents = {**{path: text.encode() for path, text in plan.texts.items()}, **plan.copies}
    return [line for path, content in contents.items() for line in describe_place(path, store_bytes(path, content))]


def _in_folder(
    drafts: Sequence[Draft], addresses: Mapping[str, str], output: str, copies: CopiesOf | None, *, force: bool
) -> Plan:
    """Plan a file a place: those of what was sent stay, and those that a person edited."""
    folder = Path(output)
    places: dict[Whose, list[Draft]] = {}
    for one in drafts:
        places.setdefault(_whose(one), []).append(one)
    names = names_of_files(places, _files_there(folder))
    paths = {place: folder / names[place] for place in places}
    files = {paths[place]: several for place, several in places.items()}
    texts: dict[Path, str] = {}
    kept: dict[Path, str] = {}
    foreign: list[Path] = []
    for path, several in files.items():
        if _is_there(str(path)):
            raise OutputError(f"{path}: this is a folder with the name of the draft's file", hint="move it")
        new = page(several, addresses.get(several[0].resource, ""))
        old = _old(path)
        if old is not None and old.strip() and not is_ours(old):
            foreign.append(path)
        elif old is None or (old != new and not any(one.frozen for one in several) and (force or not edited(old))):
            texts[path] = new
        elif old != new and edited(old):
            kept[path] = old
    _refuse_parent(folder / "draft.md" if _is_there(output) else _nearest(folder))
    plan = _with_edited(Plan(output, drafts, texts, foreign=tuple(foreign), files=paths), kept)
    return _with_copies(plan, files, copies) if copies else plan


def _whose(one: Draft) -> Whose:
    return Whose(one.campaign, one.resource, one.round)


def _with_copies(plan: Plan, files: Mapping[Path, Sequence[Draft]], copies_of: CopiesOf) -> Plan:
    """Return a plan with the drafts in other forms; a text that a person edited stands there as edited."""
    now = {placement_of(one).natural: one for one in plan.drafts}
    copies = copies_of({path: [now[placement_of(one).natural] for one in some] for path, some in files.items()})
    return replace(
        plan,
        edited=(*plan.edited, *copies.edited),
        foreign=(*plan.foreign, *copies.foreign),
        copies=copies.files,
    )


def _files_there(folder: Path) -> dict[str, Whose | None]:
    """Return the names of the Markdown files in a folder, with whose drafts they hold."""
    if not _is_there(str(folder)):
        return {}
    with translate_errors(str(folder)), os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if entry.name.lower().endswith(".md") and entry.is_file())
    found: dict[str, Whose | None] = {}
    for name in names:
        try:
            found[name] = whose(_old(folder / name) or "")
        except OutputError:  # nobody may read it, so it is none of ours
            found[name] = None
    return found


def _in_book(drafts: Sequence[Draft], addresses: Mapping[str, str], output: str, *, force: bool) -> Plan:
    """Plan one Markdown file for all drafts; where a person edited it, it stays if it has them all."""
    path, new = Path(output), book(drafts, addresses)
    old = _old(path)
    if old == new:
        return Plan(output, drafts, {})
    if old is not None and old.strip() and not is_ours(old):
        raise OutputError(f"{path}: this file is there already and has no drafts from outreach", hint=ANOTHER_NAME)
    if old is None or force or not old.strip() or not edited(old):
        return Plan(output, drafts, {path: new})
    if missing := len({placement_of(one).natural for one in drafts} - {one.natural for one in kept_in(old)}):
        raise OutputError(
            f"{path}: it was edited by hand, and {missing} {'drafts' if missing > 1 else 'draft'} of these "
            f"{'are' if missing > 1 else 'is'} not in it",
            hint=f"--force replaces it; or {ANOTHER_NAME}",
        )
    return _with_edited(Plan(output, drafts, {}), {path: old})


def _with_edited(plan: Plan, kept: Mapping[Path, str]) -> Plan:
    """Return a plan whose drafts have the texts that a person gave them."""
    own = {one.natural: (path, one) for path, text in kept.items() for one in kept_in(text)}
    drafts, outdated = [], []
    for draft in plan.drafts:
        path, one = own.get(placement_of(draft).natural, (None, None))
        if path and one and one.text is not None and not draft.frozen:
            outdated += [path] * (one.sealed and one.link != draft.link)
            drafts.append(replace(draft, text=one.text, comment=one.comment))
        else:
            drafts.append(draft)
    return replace(plan, drafts=drafts, edited=tuple(kept), outdated=tuple(dict.fromkeys(outdated)))


def _refuse_table(path: Path, old: str, form: str, *, force: bool) -> None:
    """Refuse to write over a table: of ours unless that is wanted, over another one in any case."""
    if not _is_table(old, form):
        raise OutputError(f"{path}: this file is there already and is not a table of drafts", hint=ANOTHER_NAME)
    if not force:
        raise OutputError(f"{path}: it has other drafts already", hint="--force replaces them")


def _is_table(text: str, form: str) -> bool:
    """Whether a text is a table of drafts as we write it, or as Excel saved it again."""
    if form == "csv":
        first = text.removeprefix("\ufeff").split("\n", 1)[0].strip()
        return [cell.strip('"') for cell in re.split("[,;\t]", first)] == list(COLUMNS)
    try:
        records = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return False
    return isinstance(records, list) and all(isinstance(one, dict) and one.keys() == {*COLUMNS} for one in records)


def refuse_name(output: str, form: str | None) -> None:
    """Refuse a name that is none of a folder or a file for drafts, or does not go with the form.

    Raises:
        OptionError: It is none.
        OutputError: Something else is there already.

    """
    if "\0" in output:
        raise OutputError("the name of the output file holds a NUL character")
    if form == "table":
        raise OptionError(f"{output}: tables are for the terminal", hint="leave --format out")
    path = Path(output)
    if not is_folder(output):
        return
    if form not in (None, "md"):
        raise OptionError(f"{output}: a folder gets Markdown files", hint=f"give a file: -o drafts.{form}")
    if not _is_there(output):
        with translate_errors(output):
            there = os.path.lexists(path)
        why = f"{output}: neither a folder nor a file for drafts"
        if there:
            raise OutputError(why, hint=ENDINGS)
        if path.suffix.lower() in OTHER_FILES and output[-1] not in "/\\":
            raise OptionError(why, hint=ENDINGS)


def _nearest(folder: Path) -> Path:
    """Return the first folder of a path that is to be made."""
    while not os.path.exists(folder.parent):  # noqa: PTH110 - Path's fails at long names
        folder = folder.parent
    return folder


def _refuse_parent(path: Path) -> None:
    """Refuse a file for which there is no folder, or none that we may write to."""
    folder = path.parent
    if not os.path.exists(folder):  # noqa: PTH110 - Path's fails at long names
        raise OutputError(f"{path}: the folder {folder.name} does not exist", hint="make it first")
    if not folder.is_dir():
        raise OutputError(f"{path}: {folder.name} is a file, not a folder", hint="give another name")
    if not os.access(folder, os.W_OK):
        raise OutputError(f"{folder}: no permission to write there", hint="give another folder")


def is_folder(output: str) -> bool:
    """Whether drafts go into a folder of that name, and not into one file."""
    ending = Path(output).suffix.lower()
    return _is_there(output) or output.endswith(("/", "\\")) or ending not in FILES


def _is_there(folder: str) -> bool:
    return os.path.isdir(folder)  # noqa: PTH112 - Path's fails at long names


def _old(path: Path) -> str | None:
    """Return what stands in a file, None where there is none; letters of other encodings do not matter here."""
    with translate_errors(str(path)):
        try:
            return path.read_bytes().decode("utf-8", "replace")
        except FileNotFoundError:
            return None


def whole(drafts: Sequence[Draft], addresses: Mapping[str, str], form: str) -> str:
    """Return all drafts as one text."""
    if form == "json":
        return json.dumps([_record(one) for one in drafts], ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return _csv(drafts)
    return "\n".join(page([one], addresses.get(one.resource, ""), alone=False) for one in drafts)


def _record(one: Draft) -> dict[str, Any]:
    """Return a draft by the keys that are promised; an empty text of an optional one is null."""
    values = {key: getattr(one, key) for key in COLUMNS}
    values |= {"comment": one.comment or None, "rules": one.rules or None}
    return values | {"dropped": list(one.dropped), "warnings": [describe(warning) for warning in one.warnings]}


def _csv(drafts: Sequence[Draft]) -> str:
    """Return a table in which no text is taken for a formula."""
    rows: list[Sequence[Any]] = [COLUMNS]
    for one in drafts:
        record = _record(one)
        record |= {name: "; ".join(record[name]) for name in ("dropped", "warnings")}
        rows.append([neutral(value) if isinstance(value, str) else value for value in record.values()])
    return delimited(rows)

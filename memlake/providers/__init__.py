"""WHAT IT MEANS: the assistants whose exports memlake reads, and which of them an export belongs to."""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from memlake.errors import ExportError, MemlakeError, UsageError
from memlake.provider import FileRule, FileShape, Match, Provider

PLUGIN_GROUP = "memlake.providers"

_MOST_FILES_SHOWN = 8


def providers() -> tuple[Provider, ...]:
    """Return every provider there is, by name: those in this package, then plug-ins of other packages.

    Raises `MemlakeError` for a plug-in that cannot be used; its name is in the message.
    """
    found: dict[str, Provider] = {}
    for provider in (*_built_in(), *map(_plugin, _installed_plugins(tuple(sys.path)))):
        if provider.name in found:
            raise MemlakeError(
                f"two providers are called {provider.name}", hint="uninstall the plug-in that brings the second one"
            )
        found[provider.name] = provider
    return tuple(found[name] for name in sorted(found))


def assistants() -> tuple[str, ...]:
    """Return the assistants whose memories a list can hold, whoever wrote it down."""
    known = {provider.name for provider in providers() if not provider.is_any_assistants}
    return (*sorted(known.union(prompts())), "other")


def prompts() -> dict[str, str]:
    """Return, by assistant, what makes it write out its memories."""
    return {assistant: prompt for provider in providers() for assistant, prompt in provider.prompts.items()}


def identify(
    shapes: Sequence[FileShape], *, name: str | None = None, among: Sequence[Provider] | None = None
) -> Provider:
    """Return the provider that an export belongs to: the one with a file that proves it.

    `name` decides instead where a person knows better. Raises `ExportError` if no provider or more than one
    claims the export, or if all that is recognised in it is nothing to read; `UsageError` if the name is none.
    """
    known = providers() if among is None else tuple(among)
    if name is not None:
        return _named(name, known, shapes)
    proven = [provider for provider in known if _proves(provider, shapes)]
    proven = [provider for provider in proven if not provider.is_any_assistants] or proven
    if not proven:
        _refuse_recognised(known, shapes, hint=_what_can_be_read(known))
    if len(proven) == 1:
        return proven[0]
    options = " or ".join(f"--provider {provider.name}" for provider in proven or known)
    if proven:
        names = " and ".join(provider.name for provider in proven)
        raise ExportError(f"these files look like exports of {names}", hint=f"say which: {options}")
    raise ExportError(
        f"no known export is in here; seen: {_seen(shapes)}",
        hint=f"pass the ZIP as it was delivered, or say whose it is: {options}",
    )


def claim(provider: Provider, shape: FileShape) -> tuple[FileRule, Match] | None:
    """Return the rule with which a provider claims a file, and how to read it; `None` if it is not its own.

    An empty file has no shape: its name alone tells what it is, and it is read as a list of no records.
    """
    for rule in provider.rules:
        if shape.kind == "empty":
            base_name = shape.base_name.casefold()
            match = Match() if any(fnmatchcase(base_name, pattern) for pattern in rule.empty_names) else None
        else:
            match = rule.match(shape)
        if match is not None:
            return rule, match
    return None


def _built_in() -> Iterator[Provider]:
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        provider: Provider = import_module(module.name).PROVIDER
        yield provider


@cache
def _installed_plugins(_places: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    """Return the plug-ins that packages in some places bring; to ask every package takes as long as a small export."""
    return tuple(entry_points(group=PLUGIN_GROUP))


def _plugin(entry_point: EntryPoint) -> Provider:
    try:
        provider = entry_point.load()
    except Exception as error:  # a plug-in can fail in any way while it is imported
        raise _unusable(entry_point, f"{type(error).__name__}: {error}") from error
    if not isinstance(provider, Provider):
        raise _unusable(entry_point, f"{entry_point.value} is not a memlake.provider.Provider")
    return provider


def _unusable(entry_point: EntryPoint, reason: str) -> MemlakeError:
    package = entry_point.dist.name if entry_point.dist else "its package"
    return MemlakeError(
        f"the provider plug-in {entry_point.name} cannot be used: {reason}",
        hint=f"update it or remove it: pip uninstall {package}",
    )


def _proves(provider: Provider, shapes: Sequence[FileShape]) -> bool:
    claims = (claim(provider, shape) for shape in shapes if shape.kind != "empty")
    return any(found is not None and found[0].is_proof and found[1].refusal is None for found in claims)


def _refuse_recognised(known: Sequence[Provider], shapes: Sequence[FileShape], *, hint: str) -> None:
    """Raise `ExportError` for the first file that a provider recognises as nothing to read."""
    for shape in shapes:
        for provider in known:
            found = claim(provider, shape)
            if found is not None and found[1].refusal is not None:
                raise ExportError(f"{shape.base_name}: {found[1].refusal}", hint=hint)


def _named(name: str, known: Sequence[Provider], shapes: Sequence[FileShape]) -> Provider:
    for provider in known:
        if provider.name == name:
            if any((found := claim(provider, shape)) and found[1].refusal is None for shape in shapes):
                return provider
            what_can_be_read = _what_can_be_read(known)
            _refuse_recognised((provider,), shapes, hint=what_can_be_read)
            fitting = [f"--provider {other.name}" for other in known if _proves(other, shapes)]
            raise ExportError(
                f"nothing in here looks like an export of {name}; seen: {_seen(shapes)}",
                hint=f"leave --provider out, or say {' or '.join(fitting)}" if fitting else what_can_be_read,
            )
    names = ", ".join(provider.name for provider in known)
    raise UsageError(f"no provider is called {name}", hint=f"choose one of: {names}")


def _what_can_be_read(known: Sequence[Provider]) -> str:
    """Say what to pass instead, and what makes an assistant write its list out."""
    first, *others = sorted({assistant for provider in known for assistant in provider.prompts}) or [""]
    more = f" (or {', '.join(others)})" if others else ""
    asking = f"; memlake prompt {first}{more} prints what to ask" if first else ""
    return f"pass an export as it was delivered, or a list of memories{asking}"


def _seen(shapes: Sequence[FileShape]) -> str:
    if not shapes:
        return "no JSON, HTML or text at all"
    shown = ", ".join(shape.base_name for shape in shapes[:_MOST_FILES_SHOWN])
    return f"{shown} and {len(shapes) - _MOST_FILES_SHOWN} more" if len(shapes) > _MOST_FILES_SHOWN else shown

"""A conversation's tree, rebuilt from `parent` links alone: no export promises `children`, order or sense."""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from typing import NamedTuple

Links = dict[str, str | None]
"""Node key to the key of its parent, which may dangle or go round in circles."""

UNKNOWN_TIME = 0


class Tree(NamedTuple):
    """The nodes that carry a message.

    `keys` in reading order; `parents` without circles, from message to message; `times` where an unknown
    time is the parent's (`UNKNOWN_TIME` if no ancestor has one).
    """

    keys: list[str]
    parents: Links
    times: dict[str | None, int]


def read_tree(links: Links, stated_times: dict[str, int | None]) -> Tree:
    """Order the messages of a conversation: parents first, else by time, else as in the file.

    `links` has every node, `stated_times` every node with a message in file order. A message's parent is its
    nearest ancestor that has a message. In a circle, the node that comes first in the file becomes a root.
    """
    parents = _message_parents(links, stated_times)
    return _tree_in_file_order(parents, stated_times) or _sorted_tree(_without_circles(parents), stated_times)


def active_path(tree: Tree, links: Links, current_node: str | None) -> set[str]:
    """Return the keys from the current node up to its root.

    A current node that is missing or unknown gives way to the newest leaf (of several, the last one).
    """
    key = _nearest_message(current_node, links, tree.parents, {}) if current_node in links else _newest_leaf(tree)
    path: set[str] = set()
    while key is not None:
        path.add(key)
        key = tree.parents[key]
    return path


def _message_parents(links: Links, stated_times: dict[str, int | None]) -> Links:
    parents: Links = {}
    known: Links = {}
    for key in stated_times:
        parent = links[key]
        parents[key] = parent if parent in stated_times else _nearest_message(parent, links, stated_times, known)
    return parents


def _nearest_message(
    key: str | None, links: Links, messages: dict[str, int | None] | Links, known: Links
) -> str | None:
    """Walk up from a node to the first that has a message; `known` remembers what empty nodes lead to."""
    passed: list[str] = []
    while key is not None and key not in messages:
        if key in known:
            key = known[key]
            break
        known[key] = None  # a circle of empty nodes leads nowhere
        passed.append(key)
        key = links.get(key)
    known.update(dict.fromkeys(passed, key))
    return key


def _tree_in_file_order(parents: Links, stated_times: dict[str, int | None]) -> Tree | None:
    """Return the tree if the file already has the order that `_sorted_tree` gives: most files do."""
    times: dict[str | None, int] = {}
    latest = UNKNOWN_TIME
    for key, parent in parents.items():
        if parent is not None and parent not in times:
            return None
        time = stated_times[key]
        if time is None:
            time = times.get(parent, UNKNOWN_TIME)
        if time < latest:
            return None
        times[key] = latest = time
    return Tree(list(parents), parents, times)


def _without_circles(parents: Links) -> Links:
    file_order = {key: index for index, key in enumerate(parents)}
    cut = dict(parents)
    done: set[str] = set()
    for start in parents:
        path: dict[str, int] = {}
        key: str | None = start
        while key is not None and key not in done and key not in path:
            path[key] = len(path)
            key = parents[key]
        if key in path:
            cut[min(list(path)[path[key] :], key=file_order.__getitem__)] = None
        done.update(path)
    return cut


def _sorted_tree(parents: Links, stated_times: dict[str, int | None]) -> Tree:
    """Take the earliest message whose parent is already taken, again and again."""
    children: defaultdict[str | None, list[tuple[int, str]]] = defaultdict(list)
    for index, (key, parent) in enumerate(parents.items()):
        children[parent].append((index, key))
    times: dict[str | None, int] = {}
    ordered: list[str] = []
    ready: list[tuple[int, int, str]] = []
    taken: str | None = None
    while True:
        for index, key in children[taken]:
            time = stated_times[key]
            times[key] = times.get(taken, UNKNOWN_TIME) if time is None else time
            heappush(ready, (times[key], index, key))
        if not ready:
            return Tree(ordered, parents, times)
        taken = heappop(ready)[2]
        ordered.append(taken)


def _newest_leaf(tree: Tree) -> str | None:
    inner = set(tree.parents.values())
    leaves = [key for key in reversed(tree.keys) if key not in inner]
    return max(leaves, key=tree.times.__getitem__, default=None)

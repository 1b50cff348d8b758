"""Finding a way round in a graph, so that an error can show it."""

from collections.abc import Iterable, Mapping


def cycle(graph: Mapping[str, Iterable[str]]) -> tuple[str, ...] | None:
    """Return a way round in ``graph``, first node again at the end; None if there is none.

    The search keeps its own stack: laws are deeper than Python's.
    """
    done: set[str] = set()
    for start in graph:
        if start in done:
            continue
        path, on_path = [start], {start}
        waiting = [iter(graph[start])]
        while waiting:
            following = next(waiting[-1], None)
            if following is None:
                waiting.pop()
                node = path.pop()
                on_path.discard(node)
                done.add(node)
            elif following in on_path:
                return (*path[path.index(following) :], following)
            elif following not in done:
                path.append(following)
                on_path.add(following)
                waiting.append(iter(graph.get(following, ())))
    return None

"""A procedure as boxes and arrows, before anything is placed or written in a format.

A state is a task, a parallel stretch is a sub-process, a final state an end
event; a limit that answers silence is a timer on its task, and a move that
breaks off a parallel stretch is a message on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from yingshang.kernel.procedures.definition import CLOCK, Branch, Definition, Join, MoveRule

START, END, TASK, JOINT, CHOICE, PARALLEL, STRETCH = "start", "end", "task", "joint", "choice", "parallel", "stretch"
TIMER, MESSAGE = "timer", "message"


@dataclass(frozen=True)
class Edge:
    """Something on the border of a box that interrupts it: a timer or a message."""

    id: str
    kind: str
    title: str


@dataclass(frozen=True)
class Node:
    """One box, event or diamond. ``inner`` is the chart of a parallel stretch; ``notes`` are lines about limits."""

    id: str
    kind: str
    title: str
    notes: tuple[str, ...] = ()
    inner: Chart | None = None
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True)
class Flow:
    """One arrow; ``source`` is a node or something on a node's border."""

    id: str
    source: str
    target: str
    title: str = ""


@dataclass
class Chart:
    """Nodes in the order of the file, and the flows between them."""

    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)

    def join(self, source: str, target: str, title: str = "") -> None:
        """Add an arrow. Ways between the same two are one arrow that bears all their names."""
        for place, flow in enumerate(self.flows):
            if (flow.source, flow.target) == (source, target):
                self.flows[place] = replace(flow, title=f"{flow.title}／{title}")
                return
        self.flows.append(Flow(f"flow_{source}__{target}", source, target, title))

    def holder_of(self, source: str) -> str:
        """Return the node that a flow leaves: itself, or the one on whose border it begins."""
        for node in self.nodes:
            if source == node.id or any(source == edge.id for edge in node.edges):
                return node.id
        raise KeyError(source)


def chart_of(definition: Definition) -> Chart:
    """Return the chart of a procedure's main line, its parallel stretches inside."""
    chart = Chart([Node("start", START, "开始")])
    chart.join("start", _id(definition.start))
    for state, title in definition.states.items():
        if state in definition.final:
            chart.nodes.append(Node(_id(state), END, title))
        elif definition.branches_during(state):
            _add_stretch(chart, definition, state, title)
        else:
            _add_state(chart, definition, state, title)
    return chart


def _add_state(chart: Chart, definition: Definition, state: str, title: str, after: str = "") -> None:
    """Add a task with the ways out of it; all of them lead to ``after`` if that is given and they end the line."""
    moves = definition.moves_from(state)
    silent = [move for move in moves if CLOCK in move.by]
    chosen = [move for move in moves if CLOCK not in move.by]
    edges = tuple(Edge(f"{_id(state)}_{move.do}", TIMER, move.title) for move in silent)
    kind = JOINT if state in definition.joint_steps else TASK
    chart.nodes.append(Node(_id(state), kind, title, _notes(definition, state), edges=edges))
    source = _id(state)
    if len(chosen) > 1:
        source = f"choice_{state}"
        chart.nodes.append(Node(source, CHOICE, ""))
        chart.join(_id(state), source)
    for move in chosen:
        chart.join(source, _target(definition, move, after), move.title)
    for move in silent:
        chart.join(f"{_id(state)}_{move.do}", _target(definition, move, after), move.title)


def _add_stretch(chart: Chart, definition: Definition, state: str, title: str) -> None:
    join = definition.join_from(state)
    assert join is not None  # the course was checked
    moves = definition.moves_from(state)
    edges = tuple(Edge(f"{_id(state)}_{move.do}", TIMER if CLOCK in move.by else MESSAGE, move.title) for move in moves)
    inner = _inner(definition, state, definition.branches_during(state), join)
    chart.nodes.append(Node(_id(state), STRETCH, title, _notes(definition, state), inner, edges))
    chart.join(_id(state), _id(join.to), join.title)
    for move in moves:
        chart.join(f"{_id(state)}_{move.do}", _id(move.to), move.title)


def _inner(definition: Definition, state: str, branches: Iterable[Branch], join: Join) -> Chart:
    chart = Chart([Node(f"start_{state}", START, ""), Node(f"split_{state}", PARALLEL, "")])
    chart.join(f"start_{state}", f"split_{state}")
    meet = f"join_{join.key}"
    for branch in branches:
        merge = f"merge_{branch.key}"
        chart.join(f"split_{state}", _id(branch.start), branch.title)
        for inner_state, title in branch.states.items():
            if inner_state not in branch.final:
                _add_state(chart, definition, inner_state, title, after=merge)
        chart.nodes.append(Node(merge, CHOICE, ""))
        chart.join(merge, meet)
    chart.nodes += [Node(meet, PARALLEL, join.title), Node(f"end_{state}", END, "")]
    chart.join(meet, f"end_{state}")
    return chart


def _target(definition: Definition, move: MoveRule, after: str) -> str:
    return after if after and definition.is_final(move.to) else _id(move.to)


def _notes(definition: Definition, state: str) -> tuple[str, ...]:
    return tuple(f"{rule.title}（{rule.limit}）" for rule in definition.limits_begun_by(state))


def _id(state: str) -> str:
    return f"state_{state}"

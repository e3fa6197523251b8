"""A small load generator: keep-alive connections of one process, driven by `selectors`.

Closed: every connection sends its next request as soon as it has its answer. Open: requests are due
at fixed times whatever the server does, and an answer's time counts from when the request was due.
"""

from __future__ import annotations

import selectors
import socket
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat
from time import perf_counter
from typing import Final

Asked = bytes | Iterator[bytes]
"""The same request again and again, or a new one each time."""
_OK: Final = b"HTTP/1.1 200 "
_END_OF_HEAD: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length:"
_PATIENCE_SECONDS: Final = 10.0
_A_READ: Final = 1 << 16


class RequestFailed(RuntimeError):
    """An answer that is not 200, or none."""


@dataclass(slots=True)
class _Connection:
    address: tuple[str, int]
    requests: Iterator[bytes]
    due: float = 0.0
    socket: socket.socket = field(init=False)
    answer: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self.socket = socket.create_connection(self.address, timeout=_PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, *, due: float) -> None:
        self.due = due
        self.answer.clear()
        self.socket.sendall(next(self.requests))

    def has_answer(self) -> bool:
        """Read what is there; say whether the answer is whole."""
        received = self.socket.recv(_A_READ)
        if not received:
            raise RequestFailed("the server has closed a connection")
        self.answer += received
        head = self.answer.find(_END_OF_HEAD)
        if head < 0:
            return False
        if not self.answer.startswith(_OK):
            raise RequestFailed(bytes(self.answer[:200]))
        return len(self.answer) >= head + len(_END_OF_HEAD) + _length(self.answer[:head])


def closed_load(port: int, request: Asked, *, connections: int, seconds: float) -> float:
    """Return the requests answered per second with this many connections always busy."""
    with selectors.DefaultSelector() as selector:
        for connection in _connect(port, request, connections):
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(due=0.0)
        answered, start = 0, perf_counter()
        while (passed := perf_counter() - start) < seconds:
            for key, _ in _ready(selector):
                if key.data.has_answer():
                    answered += 1
                    key.data.send(due=0.0)
        _hang_up(selector)
    return answered / passed


def open_load(port: int, request: Asked, *, connections: int, per_second: int, seconds: float) -> list[float]:
    """Send at a fixed pace; return how many milliseconds each answer took, the quickest first."""
    with selectors.DefaultSelector() as selector:
        idle = deque(_connect(port, request, connections))
        for connection in idle:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
        start, took = perf_counter(), list[float]()
        for number in range(round(per_second * seconds)):
            due = start + number / per_second
            while (left := due - perf_counter()) > 0 or not idle:
                _collect(selector, idle, took, patience=max(left, 0.0) if idle else _PATIENCE_SECONDS)
            idle.popleft().send(due=due)
        while len(idle) < connections:
            _collect(selector, idle, took, patience=_PATIENCE_SECONDS)
        _hang_up(selector)
    return sorted(took)


def slowest_percent(took: list[float]) -> float:
    """Return what the slowest percent took at least; `took` begins with the quickest."""
    return took[min(len(took) * 99 // 100, len(took) - 1)]


def _collect(
    selector: selectors.BaseSelector, idle: deque[_Connection], took: list[float], *, patience: float
) -> None:
    for key, _ in selector.select(patience):
        connection = key.data
        if connection.has_answer():
            took.append((perf_counter() - connection.due) * 1000)
            idle.append(connection)


def _ready(selector: selectors.BaseSelector) -> list[tuple[selectors.SelectorKey, int]]:
    ready = selector.select(_PATIENCE_SECONDS)
    if not ready:
        raise RequestFailed("no answer in time")
    return ready


def _connect(port: int, request: Asked, connections: int) -> list[_Connection]:
    requests = repeat(request) if isinstance(request, bytes) else request
    return [_Connection(("127.0.0.1", port), requests) for _ in range(connections)]


def _hang_up(selector: selectors.BaseSelector) -> None:
    for key in list(selector.get_map().values()):
        key.data.socket.close()


def _length(head: bytearray) -> int:
    """Return the length of the body that an answer's head announces."""
    for line in bytes(head).lower().split(b"\r\n"):
        if line.startswith(_LENGTH):
            return int(line[len(_LENGTH) :])
    raise RequestFailed("an answer without Content-Length")

"""An ONNX file written by hand: the few messages of the format that an encoder needs."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Versions of the format and of the operators; any onnxruntime of the last years reads them.
IR, OPERATORS, OWN = 8, 17, "com.microsoft"
_KINDS = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    told = b""
    while value > 127:
        told += bytes([value & 127 | 128])
        value >>= 7
    return told + bytes([value])


def _field(number: int, value: int | float | str | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    if isinstance(value, float):
        return _varint(number << 3 | 5) + struct.pack("<f", value)
    held = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(held)) + held


def _message(*fields: tuple[int, Any]) -> bytes:
    return b"".join(_field(number, value) for number, value in fields)


def _attribute(name: str, value: int | float | list[int]) -> bytes:
    if isinstance(value, float):
        return _message((1, name), (2, value), (20, 1))
    if isinstance(value, int):
        return _message((1, name), (3, value), (20, 2))
    return _message((1, name), *((8, one) for one in value), (20, 7))


def _tensor(name: str, value: NDArray[Any]) -> bytes:
    held = np.ascontiguousarray(value)
    return _message(*((1, size) for size in held.shape), (2, _KINDS[held.dtype.name]), (8, name), (9, held.tobytes()))


def value(name: str, kind: str, dimensions: Iterable[str | int]) -> bytes:
    sizes = [_message((2, one) if isinstance(one, str) else (1, one)) for one in dimensions]
    shape = _message(*((1, size) for size in sizes))
    return _message((1, name), (2, _message((1, _message((1, _KINDS[kind]), (2, shape))))))


class Graph:
    def __init__(self) -> None:
        self.nodes: list[bytes] = []
        self.tensors: list[bytes] = []
        self._count = 0

    def tensor(self, value: NDArray[Any]) -> str:
        name = self._name()
        self.tensors.append(_tensor(name, value))
        return name

    def node(
        self,
        operator: str,
        *inputs: str,
        domain: str = "",
        outputs: int = 1,
        names: Sequence[str] = (),
        **told: Any,
    ) -> list[str]:
        names = list(names) or [self._name() for _ in range(outputs)]
        fields: list[tuple[int, Any]] = [(1, name) for name in inputs] + [(2, name) for name in names]
        fields += [(3, names[0]), (4, operator)]
        fields += [(5, _attribute(key, value)) for key, value in told.items()]
        self.nodes.append(_message(*fields, (7, domain)))
        return names

    def _name(self) -> str:
        self._count += 1
        return f"n{self._count}"

    def written(self, inputs: list[bytes], outputs: list[bytes]) -> bytes:
        parts = [(1, node) for node in self.nodes] + [(2, "encoder")] + [(5, one) for one in self.tensors]
        graph = _message(*parts, *((11, one) for one in inputs), *((12, one) for one in outputs))
        versions = [_message((1, ""), (2, OPERATORS)), _message((1, OWN), (2, 1))]
        return _message((1, IR), (7, graph), *((8, one) for one in versions))

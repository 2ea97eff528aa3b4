"""Follows a pickle as text: nothing it names is imported, nothing it asks for is called.

The instructions are those of the standard library's pickletools; what they build here are plain values,
`Name`s and `Tensor` descriptions. A name outside `ALLOWED` ends it. Memory stays in proportion to the
pickle: a memo is a dictionary, so an index of four billion costs nothing, and keys are never nested.
"""

from __future__ import annotations

import pickletools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from studio.library.tensors import damaged, runs_code

_REBUILD = "torch._utils."
STORAGES = {"DoubleStorage": "float64", "FloatStorage": "float32", "HalfStorage": "float16",
            "BFloat16Storage": "bfloat16", "LongStorage": "int64", "IntStorage": "int32",
            "ShortStorage": "int16", "CharStorage": "int8", "ByteStorage": "uint8", "BoolStorage": "bool",
            "ComplexFloatStorage": "complex64", "UntypedStorage": "uint8"}
ALLOWED = frozenset({
    "collections.OrderedDict", "torch.Size", "torch.device", "torch.nn.parameter.Parameter", "torch.Tensor",
    "torch.storage.UntypedStorage", "torch.float32", "torch.float16", "torch.bfloat16", "torch.float64",
    "torch.int64", "torch.int32", "torch.int16", "torch.int8", "torch.uint8", "torch.bool",
    *(_REBUILD + name for name in ("_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_tensor_v3",
                                   "_rebuild_parameter")),
    *("torch." + name for name in STORAGES),
})
"""All that a file of weights needs; torch's own weights-only reader takes these too."""


@dataclass(frozen=True, slots=True)
class Name:
    """A class or function a pickle mentions."""

    full: str


@dataclass(frozen=True, slots=True)
class Storage:
    """A block of numbers kept elsewhere in the file."""

    key: str
    dtype: str
    count: int


@dataclass(frozen=True, slots=True)
class View:
    """A tensor: a window on a storage."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    dtype: str


class _Mark:
    """Where a group of values begins on the stack."""


_MARK = _Mark()
_SILENT = frozenset({"PROTO", "FRAME"})
_CONSTANTS: dict[str, Any] = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False, "EMPTY_TUPLE": (),
                              "MARK": _MARK}
_FRESH: dict[str, Callable[[], Any]] = {"EMPTY_DICT": dict, "EMPTY_LIST": list, "EMPTY_SET": list}
_LITERALS = frozenset({
    "INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT", "STRING",
    "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8", "BINBYTES",
    "SHORT_BINBYTES", "BINBYTES8"})
_PUTS, _GETS = frozenset({"PUT", "BINPUT", "LONG_BINPUT"}), frozenset({"GET", "BINGET", "LONG_BINGET"})


def walk(stream: BinaryIO) -> Any:
    """The value of the next pickle in ``stream``, which is left after it.

    Raises StudioError: naming what it would call, or that it is damaged.
    """
    try:
        return _Walker().run(stream)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise damaged(f"pickle: {error!r}") from error


class _Walker:
    def __init__(self) -> None:
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}

    def run(self, stream: BinaryIO) -> Any:
        for code, argument, _ in pickletools.genops(stream):
            if code.name == "STOP":
                return self._stack.pop()
            self._step(code.name, argument)
        raise ValueError("no end")

    def _step(self, name: str, argument: Any) -> None:
        if name in _LITERALS:
            self._stack.append(argument)
        elif name in _CONSTANTS:
            self._stack.append(_CONSTANTS[name])
        elif name in _FRESH:
            self._stack.append(_FRESH[name]())
        elif name in _PUTS:
            self._memo[int(argument)] = self._stack[-1]
        elif name in _GETS:
            self._stack.append(self._memo[int(argument)])
        elif name not in _SILENT:
            _STEPS.get(name, _Walker._unknown)(self, argument)

    def _unknown(self, argument: Any) -> None:
        raise runs_code("a pickle extension")

    def _memoize(self, _: Any) -> None:
        self._memo[len(self._memo)] = self._stack[-1]

    def _pop(self, _: Any) -> None:
        self._stack.pop()

    def _duplicate(self, _: Any) -> None:
        self._stack.append(self._stack[-1])

    def _group(self) -> list[Any]:
        """The values since the last mark, which goes too."""
        values: list[Any] = []
        while (value := self._stack.pop()) is not _MARK:
            values.append(value)
        return values[::-1]

    def _pop_mark(self, _: Any) -> None:
        self._group()

    def _tuple(self, _: Any) -> None:
        self._stack.append(tuple(self._group()))

    def _last(self, count: int) -> None:
        self._stack[-count:] = [tuple(self._stack[-count:])]

    def _list(self, _: Any) -> None:
        self._stack.append(self._group())

    def _dict(self, _: Any) -> None:
        values = self._group()
        self._stack.append({})
        self._fill(values)

    def _append(self, _: Any) -> None:
        value = self._stack.pop()
        self._stack[-1].append(value)

    def _appends(self, _: Any) -> None:
        values = self._group()
        self._stack[-1].extend(values)

    def _set_item(self, _: Any) -> None:
        value, key = self._stack.pop(), self._stack.pop()
        self._fill([key, value])

    def _set_items(self, _: Any) -> None:
        self._fill(self._group())

    def _fill(self, values: list[Any]) -> None:
        target = self._stack[-1]
        for key, value in zip(values[::2], values[1::2], strict=True):
            if not isinstance(key, str | int | float | bytes | None):
                raise TypeError("nested key")
            target[key] = value

    def _global(self, argument: Any) -> None:
        self._stack.append(_named(*str(argument).split(" ", 1)))

    def _stack_global(self, _: Any) -> None:
        name, module = self._stack.pop(), self._stack.pop()
        self._stack.append(_named(str(module), str(name)))

    def _instance(self, argument: Any) -> None:
        made = _named(*str(argument).split(" ", 1))
        self._stack.append(_called(made, tuple(self._group())))

    def _object(self, _: Any) -> None:
        made, *arguments = self._group()
        self._stack.append(_called(made, tuple(arguments)))

    def _call(self, _: Any) -> None:
        arguments, made = self._stack.pop(), self._stack.pop()
        self._stack.append(_called(made, arguments))

    def _build(self, _: Any) -> None:
        self._stack.pop()  # attributes, such as a state dict's version numbers

    def _persistent(self, _: Any) -> None:
        self._stack.append(_storage(self._stack.pop()))


_STEPS: dict[str, Callable[[_Walker, Any], None]] = {
    "MEMOIZE": _Walker._memoize, "POP": _Walker._pop, "POP_MARK": _Walker._pop_mark,
    "DUP": _Walker._duplicate, "TUPLE": _Walker._tuple, "TUPLE1": lambda w, _: w._last(1),
    "TUPLE2": lambda w, _: w._last(2), "TUPLE3": lambda w, _: w._last(3), "LIST": _Walker._list,
    "DICT": _Walker._dict, "FROZENSET": _Walker._list, "APPEND": _Walker._append,
    "APPENDS": _Walker._appends, "ADDITEMS": _Walker._appends, "SETITEM": _Walker._set_item,
    "SETITEMS": _Walker._set_items, "GLOBAL": _Walker._global, "STACK_GLOBAL": _Walker._stack_global,
    "INST": _Walker._instance, "OBJ": _Walker._object, "REDUCE": _Walker._call, "NEWOBJ": _Walker._call,
    "BUILD": _Walker._build, "BINPERSID": _Walker._persistent,
}


def _named(module: str, name: str) -> Name:
    full = f"{module}.{name}"
    if full not in ALLOWED:
        raise runs_code(full[:120])
    return Name(full)


def _storage(value: Any) -> Storage:
    """("storage", type, key, place, count) or, in files of before 2018, with a view's place as a sixth."""
    _, kind, key, _, count, *_ = value
    return Storage(str(key), STORAGES[kind.full.rpartition(".")[2]], int(count))


def _called(made: Any, arguments: tuple[Any, ...]) -> Any:
    """What a call of an allowed name stands for."""
    full = made.full
    if full == "collections.OrderedDict":
        return {key: value for key, value in (arguments[0] if arguments else ()) if isinstance(key, str)}
    if full.startswith(_REBUILD + "_rebuild_tensor"):
        return _view(*arguments[:3], dtype=arguments[6].full if full.endswith("_v3") else "")
    if full in (_REBUILD + "_rebuild_parameter", "torch.nn.parameter.Parameter"):
        return arguments[0]
    return made if full not in ("torch.Size", "torch.device") else arguments


def _view(storage: Storage, offset: int, shape: tuple[int, ...], *, dtype: str) -> View:
    if not all(isinstance(side, int) and side >= 0 for side in (offset, *shape)):
        raise ValueError("negative shape")
    return View(storage, offset, tuple(shape), dtype.rpartition(".")[2] or storage.dtype)

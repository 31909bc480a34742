"""The template of Python programs: waits inside the jail, runs every test in a fresh process.

Called by the launcher as ``harness.py EXTENSION NAMESPACES DROP_UID MEMORY_GROUP READ_ALL
BARE UID BOX MODULES``, the last being what to import before anything is known of the program. It is
lean on purpose: what it imports is copied into every test. It never returns from ``zygote.serve``
but in a zygote, nor in a zygote from ``zygote.tests`` but in a test.
"""

import _frozen_importlib
import _imp
import atexit
import builtins
import gc
import posix
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, ModuleType
    from typing import Any, NoReturn

# Modules that are imported before the tests fork, if the source names them.
WHITELIST = frozenset(
    [
        "abc",
        "array",
        "ast",
        "base64",
        "bisect",
        "calendar",
        "cmath",
        "collections",
        "contextlib",
        "copy",
        "datetime",
        "dataclasses",
        "decimal",
        "enum",
        "fractions",
        "functools",
        "hashlib",
        "heapq",
        "io",
        "itertools",
        "json",
        "locale",
        "math",
        "numbers",
        "operator",
        "os",
        "pprint",
        "queue",
        "random",
        "re",
        "resource",
        "signal",
        "statistics",
        "string",
        "struct",
        "textwrap",
        "threading",
        "time",
        "traceback",
        "types",
        "typing",
        "zlib",
    ]
)
# What function-style programs may use without importing it, as their sites allow.
PRELUDE = {
    name: module
    for module, names in {
        "typing": "Any Callable Deque DefaultDict Dict FrozenSet Generator Iterable Iterator List "
        "Optional Sequence Set Tuple Union",
        "collections": "Counter OrderedDict defaultdict deque",
        "functools": "cache cmp_to_key lru_cache reduce",
        "heapq": "heapify heappop heappush heappushpop heapreplace nlargest nsmallest",
        "bisect": "bisect_left bisect_right insort",
        "itertools": "accumulate chain combinations groupby pairwise permutations product",
        "math": "ceil comb floor gcd inf lcm log2 sqrt",
    }.items()
    for name in names.split()
}
JOB_FUNCTION = 1
RESULT_FD = 3
FRAMES = 3  # ours, below the program's: serve, run and the module


class Quitter:
    """``exit`` and ``quit``, which the site module would have made."""

    def __call__(self, code: object = None) -> "NoReturn":
        raise SystemExit(code)


def load(path: str) -> "Any":
    return _imp.create_dynamic(_frozen_importlib.ModuleSpec("zygote", None, origin=path))


def names_in(code: "CodeType") -> set[str]:
    found = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, type(code)):
            found |= names_in(constant)
    return found


def compile_source(source: bytes) -> "CodeType":
    """Compiles, or tells the judge why not and ends the zygote."""
    try:
        return compile(source, "solution.py", "exec", dont_inherit=True)
    except BaseException as error:
        text = f"{type(error).__name__}: {error}"
        zygote.refuse(text.encode("utf-8", "replace")[:2000])
        raise


def imported(source: bytes) -> set[str]:
    """Every word on a line that imports something."""
    lines = [line for line in source.split(b"\n") if b"import" in line]
    return set(b" ".join(lines).decode("utf-8", "replace").replace(",", " ").split())


def prepare(words: set[str], names: set[str], function: bool) -> dict[str, "Any"]:
    """Imports what the program will; returns the names a function-style program starts with."""
    wanted = {word.partition(".")[0].rstrip(";") for word in words} & WHITELIST
    space = {}
    if function:
        for name in names:
            if name in PRELUDE:
                space[name] = getattr(__import__(PRELUDE[name]), name)
            elif name in WHITELIST:
                space[name] = __import__(name)
        wanted.add("json")
    for name in wanted:
        __import__(name)
    return space


def new_main(space: dict[str, "Any"]) -> "ModuleType":
    main = type(sys)("__main__")
    main.__dict__.update(space, __builtins__=builtins, __file__="solution.py")
    sys.modules["__main__"] = main
    if "random" in sys.modules:
        sys.modules["random"].seed(0)
    return main


def call(main: "ModuleType", name: str) -> None:
    """Calls the function with one JSON argument a line; writes its JSON result to its own file."""
    json = sys.modules["json"]
    lines = sys.stdin.read().split("\n")
    arguments = [json.loads(line) for line in lines if line.strip()]
    owner = main.Solution() if hasattr(main, "Solution") else main
    result = getattr(owner, name)(*arguments)
    text = json.dumps(result, separators=(", ", ": "), ensure_ascii=False)
    with open(RESULT_FD, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)


def exit_code(error: BaseException) -> int:
    """Reports an exception that nothing caught; what the process should exit with."""
    if isinstance(error, SystemExit):
        code = error.code
        if code is None or isinstance(code, int):
            return (code or 0) & 0xFF
        sys.stderr.write(f"{code}\n")
        return 1
    trace = error.__traceback__
    sys.excepthook(type(error), error, trace.tb_next if trace else None)
    return 1


def leave(code: int, main: "ModuleType", opens_files: bool) -> "NoReturn":
    """What interpreters do at exit, without the cost of taking everything apart."""
    try:
        if "threading" in sys.modules:
            sys.modules["threading"]._shutdown()
        atexit._run_exitfuncs()
        if opens_files:  # files nobody closed are flushed when they are freed
            main.__dict__.clear()
            gc.collect()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException as error:
        code = exit_code(error) or 120
    posix._exit(code)


def run(code: "CodeType", main: "ModuleType", function: str, opens_files: bool) -> "NoReturn":
    status = 0
    try:
        exec(code, main.__dict__)
        if function:
            call(main, function)
    except BaseException as error:
        try:
            status = exit_code(error)
        except BaseException:
            status = 1
    leave(status, main, opens_files)


def serve() -> "NoReturn":
    flags, text, descriptor = zygote.serve()
    source = posix.pread(descriptor, posix.fstat(descriptor).st_size, 0)
    arguments = text.rstrip(b"\0").decode().split("\0")
    function = arguments.pop() if flags & JOB_FUNCTION else ""
    code = compile_source(source)
    names = names_in(code)
    space = prepare(imported(source), names, bool(function))
    opens_files = not names.isdisjoint({"open", "fdopen", "FileIO", "BufferedWriter"})
    sys.argv = ["solution.py", *filter(None, arguments)]
    sys.setrecursionlimit(sys.getrecursionlimit() + FRAMES)
    zygote.tests()
    run(code, new_main(space), function, opens_files)


zygote: "Any" = load(sys.argv[1])
zygote.configure(*map(int, sys.argv[2:8]), sys.argv[8])
for _name in sys.argv[9].split():
    __import__(_name)
builtins.exit = builtins.quit = Quitter()  # type: ignore[assignment]
serve()

"""Runs one untrusted Python program in this process. Called as: harness.py SOURCE IO FN_NAME."""

import builtins
import resource
import sys


def limit():
    cpu, memory, output = (int(x) for x in sys.argv[4:7])
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def audit(event, args):
        if event.startswith(("socket.", "subprocess.", "os.fork", "os.exec", "os.posix_spawn")):
            raise PermissionError(event)
        if event == "open" and isinstance(args[0], str) and set(args[1] or "") & set("wax+"):
            raise PermissionError(f"writing {args[0]}")
        if event in ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.link"):
            raise PermissionError(event)

    sys.addaudithook(audit)


def call(space, name):
    import json
    import os

    result = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    arguments = [json.loads(line) for line in sys.stdin.read().splitlines() if line.strip()]
    function = getattr(space["Solution"](), name) if "Solution" in space else space[name]
    json.dump(function(*arguments), result, separators=(", ", ": "), ensure_ascii=False)
    result.close()


def main():
    with open(sys.argv[1], "rb") as file:
        code = compile(file.read(), "solution.py", "exec")
    io, name = sys.argv[2], sys.argv[3]
    space = sys.modules["__main__"].__dict__
    if io == "function":
        import typing

        space.update({n: getattr(typing, n) for n in typing.__all__})
    builtins.exit = builtins.quit = sys.exit
    limit()
    sys.argv = ["solution.py"]
    exec(code, space)
    if io == "function":
        call(space, name)


main()

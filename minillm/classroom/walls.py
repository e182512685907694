"""The walls around untrusted code, built by its own process before that code begins.

On Linux, where namespaces are allowed: a root folder that holds Python, the packages and `minillm`,
read-only, and an empty folder to work in; no network; no other process to be seen; no rights.
Elsewhere Python's audit hook refuses what leads outside, which stops accidents, and not somebody
who knows the ways around it. `sandbox` starts this file as a script, so it needs the standard
library only. Not here: time, memory in all and the end, which `sandbox` sees to from outside.
"""

import base64
import ctypes
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

# The kernel's constants by its own names. unshare(2):
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER = 1 << 17, 1 << 26, 1 << 27, 1 << 28
CLONE_NEWPID, CLONE_NEWNET = 1 << 29, 1 << 30
MS_BIND, MS_REC, MS_PRIVATE = 1 << 12, 1 << 14, 1 << 18  # mount(2)
# mount_setattr(2), which has one number on every machine:
SYS_MOUNT_SETATTR, AT_FDCWD, AT_RECURSIVE = 442, -100, 1 << 15
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID = 1, 2
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24  # prctl(2)
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38
LINUX_CAPABILITY_VERSION_3 = 0x20080522  # capset(2)
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/etc/ld.so.cache")
DEVICES = ("null", "zero", "full", "random", "urandom")
STUDENT = 60_000  # the first of 4096 numbers of users that are nobody else, if we are root
WORK = "/minillm-work"


class Channel:
    """Messages of bytes, each after its length in 8 bytes, over two pipes."""

    def __init__(self, reads: int, writes: int) -> None:
        self.reads, self.writes = reads, writes

    def read(self) -> bytes:
        """The next message; EOFError if the other side has ended."""
        return self.exactly(int.from_bytes(self.exactly(8), "big"))

    def write(self, message: bytes) -> None:
        left = memoryview(len(message).to_bytes(8, "big") + message)
        while left:
            left = left[os.write(self.writes, left) :]

    def exactly(self, size: int) -> bytes:
        parts = []
        while size:
            part = os.read(self.reads, min(size, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def close(self) -> None:
        os.close(self.reads)
        os.close(self.writes)


def main() -> None:
    """Read the settings, build the walls, tell why they do not stand, or how much memory Python and
    the packages take, and run the program."""
    channel = Channel(os.dup(0), os.dup(1))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)  # what is printed goes where errors go: the other pipe carries answers
    settings = json.loads(channel.read())
    if settings["namespaces"]:
        try:
            _enter_namespaces(settings, channel)
        except (OSError, AttributeError) as error:  # a kernel or a C library without them
            channel.write(json.dumps(str(error)).encode())
            os._exit(1)
    elif sys.platform == "linux":
        # What the code leaves behind stays its descendant.
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    if not settings["namespaces"] and hasattr(os, "fork"):
        _wait_unless_child(channel)  # so that the parent it may kill is not the teacher's program
    folder = settings["folder"]
    os.chdir(folder)
    os.environ.update(dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR"), folder))
    for name, data in settings["files"].items():
        Path(name).write_bytes(base64.b64decode(data))
    sys.path[0] = folder
    sys.path += [path for path in settings["paths"] if path not in sys.path]
    for module in settings["modules"]:
        importlib.import_module(module)
    _limit(settings)
    if not settings["namespaces"]:
        sys.addaudithook(_hook(os.path.realpath(folder), settings["visible"]))
    at_start = 0
    with suppress(OSError, ImportError):
        at_start = _memory()[1]
    channel.write(json.dumps(at_start).encode())  # the last that is known to be true
    names = {"__name__": "__main__", "channel": channel}
    exec(compile(settings["program"], "<program>", "exec"), names)


def _enter_namespaces(settings: dict[str, Any], channel: Channel) -> None:
    """Return in a process behind walls; OSError where the system refuses them.

    The process that was started only waits for the first one of the new namespace, and that one
    for the one that returns. With the first, which the code can't reach, the kernel ends them all.
    """
    system, user, group = ctypes.CDLL(None, use_errno=True), os.getuid(), os.getgid()
    spaces = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET
    _done(system.unshare(spaces if user == 0 else spaces | CLONE_NEWUSER))
    if user != 0:
        for file, line in (("setgroups", "deny"), ("gid_map", f"1000 {group} 1")):
            Path("/proc/self", file).write_text(line)
        Path("/proc/self/uid_map").write_text(f"1000 {user} 1")
    system.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    _wait_unless_child(channel)
    # One sandbox is not another's user, so that each has its own count of processes.
    owner = STUDENT + os.stat(settings["folder"]).st_ino % 4096 if user == 0 else 1000
    _furnish(system, settings, owner)
    for right in range(64):
        system.prctl(PR_CAPBSET_DROP, right, 0, 0, 0)
    if user == 0:
        os.setgroups([])
        os.setresgid(owner, owner, owner)
        os.setresuid(owner, owner, owner)
    header, none = (ctypes.c_uint32 * 2)(LINUX_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    _done(system.capset(header, none))
    _done(system.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    _done(system.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))  # the next one can't debug this one
    system.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # now: a change of rights forgets it
    _wait_unless_child(channel)
    system.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
    settings["folder"] = WORK


def _furnish(system: ctypes.CDLL, settings: dict[str, Any], owner: int) -> None:
    """Make the root folder of the code, and enter it."""
    root = settings["folder"]

    def mount(source: str, target: str, kind: str, flags: int, more: str = "") -> None:
        given = (text.encode() for text in (source, target, kind))
        _done(system.mount(*given, ctypes.c_ulong(flags), more.encode() or None))

    mount("none", "/", "", MS_REC | MS_PRIVATE)
    mount("tmpfs", root, "tmpfs", 0, f"mode=755,size={settings['disk']}")
    # To be changed: reads only, whatever is mounted below.
    changed = (ctypes.c_uint64 * 4)(MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID, 0, 0, 0)
    shown: list[str] = []
    devices = [f"/dev/{name}" for name in DEVICES]
    for path in sorted({*settings["visible"], *SYSTEM, *devices}, key=len):
        inside = root + path
        if not os.path.exists(path) or any(path.startswith(known + "/") for known in shown):
            continue
        os.makedirs(os.path.dirname(inside), exist_ok=True)
        if os.path.islink(path) and path in SYSTEM:
            os.symlink(os.readlink(path), inside)
            continue
        if os.path.isdir(path):
            os.makedirs(inside, exist_ok=True)
        else:
            Path(inside).touch()
        mount(path, inside, "", MS_BIND | MS_REC)
        where, size = (AT_FDCWD, inside.encode(), AT_RECURSIVE), ctypes.sizeof(changed)
        _done(system.syscall(SYS_MOUNT_SETATTR, *where, ctypes.byref(changed), size))
        shown.append(path)
    os.makedirs(root + "/proc")
    with suppress(OSError):  # refused within some containers, and not needed
        mount("proc", root + "/proc", "proc", 0)
    os.mkdir(root + WORK)
    os.chown(root + WORK, owner, owner)
    if not os.path.exists(root + "/tmp"):
        os.symlink(WORK, root + "/tmp")
    os.chroot(root)  # whoever is in one is not given a namespace of users, and so no way out
    os.chdir("/")


def _done(result: int) -> None:
    """OSError if a call of the system failed."""
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _wait_unless_child(channel: Channel) -> None:
    """Return in a new process; the old one waits for it, and ends as it does."""
    child = os.fork()
    if child == 0:
        return
    channel.close()
    ended = status = 0
    while ended != child:  # others come here that have lost their parents
        ended, status = os.wait()
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)


def _memory() -> tuple[int, int]:
    """Bytes of this process: of addresses, and in memory; OSError where Linux is not."""
    import resource

    pages = Path("/proc/self/statm").read_text().split()
    return int(pages[0]) * resource.getpagesize(), int(pages[1]) * resource.getpagesize()


def _limit(settings: dict[str, Any]) -> None:
    """Set the limits that the system keeps for each process."""
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = {"CORE": 0, "FSIZE": settings["file_size"], "CPU": settings["cpu_seconds"] + 1}
    if settings["namespaces"]:
        limits["NPROC"] = 2 * settings["processes"]  # more than allowed is seen from outside
    with suppress(OSError):  # in addition to what the packages take
        limits["AS"] = _memory()[0] + settings["memory"]
    for name, limit in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}")
        most = resource.getrlimit(kind)[1]
        if most != resource.RLIM_INFINITY:
            limit = min(limit, most)
        # At the first limit of CPU comes a signal that says so, at the second one that kills.
        first = limit - 1 if name == "CPU" else limit
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (first, limit))


CHANGES: tuple[str, ...] = (
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.truncate",
    "os.chmod",
    "os.chown",
)
CHANGES += ("os.link", "os.symlink", "shutil.rmtree", "os.utime")
STARTS: tuple[str, ...] = (
    "os.kill",
    "os.killpg",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
)
STARTS += ("subprocess.Popen", "os.startfile")


def _hook(folder: str, visible: list[str]) -> Callable[[str, tuple[Any, ...]], None]:
    """What refuses, where there are no namespaces, to leave the folder or to use the network."""
    readable = tuple(f"{path}{os.sep}" for path in (*visible, *SYSTEM, "/dev", "/System"))

    def inside(path: Any) -> bool:
        if not isinstance(path, (str, bytes, os.PathLike)):
            return True  # a number of something open
        real = os.path.realpath(os.fsdecode(path))
        return real == folder or real.startswith(folder + os.sep)

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
            raise PermissionError("there is no network here")
        if event in STARTS:
            raise PermissionError(f"{event} is not allowed here")
        if event in CHANGES and not all(map(inside, args)):
            raise PermissionError("only the folder of this program may be changed")
        if event == "open" and not inside(args[0]):
            writes = args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
            real = os.path.realpath(os.fsdecode(args[0]))
            if real != os.devnull and (writes or not real.startswith(readable)):
                raise PermissionError(f"{real} is out of reach here")

    return hook


if __name__ == "__main__":
    main()

"""Landlock (Linux 5.13 and later): which files this process, and what it becomes, may touch.

There is no maintained binding for Python; these are three system calls. Numbers and structures
are those of linux/landlock.h.
"""

import ctypes
import os

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on every machine
VERSION = 1
PATH_BENEATH = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE = 1 << 4, 1 << 5
MAKE_CHAR, MAKE_DIR, MAKE_REG, MAKE_SOCK = 1 << 6, 1 << 7, 1 << 8, 1 << 9
MAKE_FIFO, MAKE_BLOCK, MAKE_SYM = 1 << 10, 1 << 11, 1 << 12
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
FIRST_RIGHTS = (1 << 13) - 1
ADDED_RIGHTS = {2: REFER, 3: TRUNCATE, 5: IOCTL_DEV}  # by the version that brought them
BIND_AND_CONNECT_TCP = 3  # since version 4
ABSTRACT_SOCKETS_AND_SIGNALS = 3  # since version 6: none outside of this process's own kind

OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
READING = READ_FILE | READ_DIR
RUNNING = READING | EXECUTE
WRITING = READING | WRITE_FILE | TRUNCATE | REMOVE_FILE | REMOVE_DIR | MAKE_REG | MAKE_DIR | REFER
# What programs and their libraries lie in, and what they ask a system about. Nothing of ours.
SYSTEM = {
    "/lib": RUNNING,
    "/lib64": RUNNING,
    "/usr": READING,
    "/usr/lib": RUNNING,  # the loader of programs is itself a program
    "/usr/lib64": RUNNING,
    "/etc/ld.so.cache": READ_FILE,
    "/etc/localtime": READ_FILE,
    "/proc/self": READING,
    "/proc/cpuinfo": READ_FILE,
    "/proc/meminfo": READ_FILE,
    "/sys/devices/system/cpu": READING,
    "/dev/null": READ_FILE | WRITE_FILE,
    "/dev/urandom": READ_FILE,
}


class _Ruleset(ctypes.Structure):
    _fields_ = [
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    ]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32)]


def version(libc: ctypes.CDLL) -> int:
    """Of Landlock in this kernel; 0 where there is none."""
    return max(0, int(libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION)))


def restrict(
    libc: ctypes.CDLL, *, runs: list[str], reads: list[str] | None, writes: list[str]
) -> bool:
    """From here on only these can be opened: the programs `runs`, the files and folders `reads`
    (None is everything), the folders `writes` (for reading as well), and the system's own. False
    where the kernel can't do that. Needs PR_SET_NO_NEW_PRIVS."""
    known = version(libc)
    if not known:
        return False
    handled = FIRST_RIGHTS
    for since, right in ADDED_RIGHTS.items():
        handled |= right if known >= since else 0
    ruleset = _Ruleset(
        handled,
        BIND_AND_CONNECT_TCP if known >= 4 else 0,
        ABSTRACT_SOCKETS_AND_SIGNALS if known >= 6 else 0,
    )
    size = 24 if known >= 6 else 16 if known >= 4 else 8
    rules = libc.syscall(CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
    if rules < 0:
        return False
    try:
        for path, rights in SYSTEM.items():
            _allow(libc, rules, path, rights & handled)
        for path in runs:
            _allow(libc, rules, path, RUNNING & handled)
        for path in ["/"] if reads is None else reads:
            _allow(libc, rules, path, READING & handled)
        for path in writes:
            _allow(libc, rules, path, WRITING & handled)
        return int(libc.syscall(RESTRICT_SELF, rules, 0)) == 0
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: str, rights: int) -> None:
    """What isn't there needs no permission."""
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= OF_FILES
        rule = _PathBeneath(rights, handle)
        libc.syscall(ADD_RULE, rules, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(handle)

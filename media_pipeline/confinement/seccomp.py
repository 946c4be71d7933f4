"""A filter of system calls: no sockets, no other processes' memory, none of the kernel's doors
that a program which turns a file into files never needs. The call fails with EPERM.

libseccomp's binding for Python has no wheels; the filter is a dozen instructions of classic BPF.
Numbers are those of asm/unistd.h.
"""

import ctypes
import errno
from dataclasses import dataclass

PR_SET_SECCOMP = 22
MODE_FILTER = 2
ALLOW = 0x7FFF0000
FAIL = 0x00050000 | errno.EPERM
LOAD, EQUAL, NOT_BELOW, RETURN = 0x20, 0x15, 0x35, 0x06  # ld [k], jeq, jge, ret
CALL_AT, ARCHITECTURE_AT = 0, 4  # in struct seccomp_data
X32_CALLS = 0x40000000  # the same calls by other numbers, on x86-64 only


@dataclass(frozen=True, slots=True)
class _Machine:
    architecture: int
    """As linux/audit.h counts."""
    numbers: dict[str, int]


# fmt: off
_X86_64 = _Machine(0xC000003E, {
    "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50, "socketpair": 53,
    "accept4": 288, "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311,
    "kcmp": 312, "pidfd_open": 434, "pidfd_getfd": 438, "unshare": 272, "setns": 308,
    "chroot": 161, "pivot_root": 155, "mount": 165, "umount2": 166, "open_tree": 428,
    "move_mount": 429, "fsopen": 430, "mount_setattr": 442, "mknod": 133, "mknodat": 259,
    "bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "io_uring_setup": 425,
    "io_uring_enter": 426, "io_uring_register": 427, "keyctl": 250, "add_key": 248,
    "request_key": 249, "kexec_load": 246, "kexec_file_load": 320, "init_module": 175,
    "finit_module": 313, "delete_module": 176, "reboot": 169, "swapon": 167, "swapoff": 168,
    "acct": 163, "open_by_handle_at": 304, "quotactl": 179, "syslog": 103, "settimeofday": 164,
    "clock_settime": 227, "adjtimex": 159, "sethostname": 170, "setdomainname": 171,
})
_AARCH64 = _Machine(0xC00000B7, {
    "socket": 198, "socketpair": 199, "bind": 200, "listen": 201, "accept": 202, "connect": 203,
    "accept4": 242, "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271,
    "kcmp": 272, "pidfd_open": 434, "pidfd_getfd": 438, "unshare": 97, "setns": 268,
    "chroot": 51, "pivot_root": 41, "mount": 40, "umount2": 39, "open_tree": 428,
    "move_mount": 429, "fsopen": 430, "mount_setattr": 442, "mknodat": 33,
    "bpf": 280, "perf_event_open": 241, "userfaultfd": 282, "io_uring_setup": 425,
    "io_uring_enter": 426, "io_uring_register": 427, "keyctl": 219, "add_key": 217,
    "request_key": 218, "kexec_load": 104, "kexec_file_load": 294, "init_module": 105,
    "finit_module": 273, "delete_module": 106, "reboot": 142, "swapon": 224, "swapoff": 225,
    "acct": 89, "open_by_handle_at": 265, "quotactl": 60, "syslog": 116, "settimeofday": 170,
    "clock_settime": 112, "adjtimex": 171, "sethostname": 161, "setdomainname": 162,
})
# fmt: on
MACHINES = {"x86_64": _X86_64, "aarch64": _AARCH64, "arm64": _AARCH64}


class _Instruction(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    ]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("filter", ctypes.POINTER(_Instruction))]


def restrict(libc: ctypes.CDLL, machine: str) -> bool:
    """Applies the filter to this process and what it becomes. False where the machine isn't known
    here or the kernel can't do it. Needs PR_SET_NO_NEW_PRIVS."""
    if machine not in MACHINES:
        return False
    instructions = program(machine)
    array = (_Instruction * len(instructions))(*(_Instruction(*one) for one in instructions))
    filter_ = _Program(len(instructions), array)
    return int(libc.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.byref(filter_), 0, 0)) == 0


def program(machine: str) -> list[tuple[int, int, int, int]]:
    """The filter: (code, jump if true, jump if false, value) each. Jumps count the instructions
    that are skipped; the last two are 'allow' and 'fail'."""
    known = MACHINES[machine]
    numbers = sorted(known.numbers.values())
    tests = [(EQUAL, number) for number in numbers]
    if known is _X86_64:
        tests.insert(0, (NOT_BELOW, X32_CALLS))
    jumps = [(code, len(tests) - place, 0, value) for place, (code, value) in enumerate(tests)]
    return [
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (EQUAL, 0, len(tests) + 2, known.architecture),  # another architecture's numbers: fail
        (LOAD, 0, 0, CALL_AT),
        *jumps,
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, FAIL),
    ]

"""What a program that handles a stranger's file can't do, even if the file takes it over. Each
wall is tried by a program that does its worst; where the system doesn't offer it, the test says
so and skips."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import imageio_ffmpeg
import pytest

from media_pipeline import sandbox
from media_pipeline.confinement import landlock, seccomp
from tests.factories.media_pipeline import tiny_video

LIMITS = sandbox.Limits(memory=2**30, cpu_seconds=30, wall_seconds=60, file_size=2**20)
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="the walls are Linux's")
needs_landlock = pytest.mark.skipif(
    sys.platform != "linux" or not landlock.version(ctypes.CDLL(None)),
    reason="this kernel has no Landlock",
)
needs_seccomp = pytest.mark.skipif(
    sys.platform != "linux" or os.uname().machine not in seccomp.MACHINES,
    reason="the filter of system calls doesn't know this machine",
)


def run(program, folder, *, reads=(), limits=LIMITS):
    """What the Python program prints, and how it ended."""
    with tempfile.TemporaryFile() as stderr:
        process = sandbox.start(
            [sys.executable, "-c", program],
            limits=limits,
            folder=folder,
            stderr=stderr,
            reads=[Path(sys.prefix), Path(sys.base_prefix), *reads],
        )
        try:
            output, _ = process.communicate(timeout=limits.wall_seconds)
        finally:
            sandbox.stop(process)
        stderr.seek(0)
        return output.decode().strip(), process.returncode, stderr.read().decode()


def attempt(statement):
    """A program that prints 'done', or the name of the error."""
    return (
        "import ctypes, os, signal, socket, subprocess\n"
        f"try:\n    {statement}\n"
        "except Exception as error:\n    print(type(error).__name__)\n"
        "else:\n    print('done')\n"
    )


@needs_landlock
def test_only_what_is_named_can_be_read(tmp_path):
    folder, named, secret = tmp_path / "folder", tmp_path / "named", tmp_path / "secret"
    folder.mkdir()
    named.write_text("for you")
    secret.write_text("nobody's business")

    for path, expected in {
        named: "done",
        secret: "PermissionError",
        "/etc/passwd": "PermissionError",
        f"/proc/{os.getpid()}/environ": "PermissionError",
    }.items():
        said, _, _ = run(attempt(f"open({str(path)!r}).read()"), folder, reads=[named])
        assert (path, said) == (path, expected)


@needs_landlock
def test_only_its_folder_can_be_written(tmp_path):
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.write_text("as it was")

    assert run(attempt("open('own', 'w').write('x')"), folder)[0] == "done"
    for statement in (
        f"open({str(elsewhere)!r}, 'w')",
        f"open({str(tmp_path / 'new')!r}, 'w')",
        f"os.truncate({str(elsewhere)!r}, 0)",
        f"os.rename('own', {str(tmp_path / 'own')!r})",
        f"os.unlink({str(elsewhere)!r})",
    ):
        said, _, _ = run(attempt(statement), folder, reads=[elsewhere])
        assert (statement, said) == (statement, "PermissionError")
    assert elsewhere.read_text() == "as it was"


@needs_landlock
def test_nothing_else_can_be_started(tmp_path):
    assert run(attempt("subprocess.run(['/bin/sh', '-c', 'true'])"), tmp_path)[0] == (
        "PermissionError"
    )


@needs_seccomp
def test_there_are_no_sockets(tmp_path):
    for family in ("AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK"):
        said, _, _ = run(attempt(f"socket.socket(socket.{family})"), tmp_path)
        assert (family, said) == (family, "PermissionError")


@needs_seccomp
def test_the_doors_of_the_kernel_are_shut(tmp_path):
    """Calls that must fail with EPERM whoever runs them; root could use most of them."""
    machine = seccomp.MACHINES[os.uname().machine]
    tried = ["ptrace", "mount", "unshare", "bpf", "io_uring_setup", "keyctl", "chroot", "setns"]
    numbers = [machine.numbers[name] for name in tried]
    program = (
        "import ctypes, json\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "def call(number):\n"
        "    result = libc.syscall(number, 0, 0, 0, 0, 0)\n"
        "    return [result, ctypes.get_errno()]\n"
        f"print(json.dumps([call(number) for number in {numbers}]))"
    )

    said, _, _ = run(program, tmp_path)

    assert json.loads(said) == [[-1, 1]] * len(tried)


@needs_linux
def test_there_is_no_way_back_to_more_rights(tmp_path):
    get_no_new_privs = 39
    program = f"import ctypes; print(ctypes.CDLL(None).prctl({get_no_new_privs}, 0, 0, 0, 0))"

    assert run(program, tmp_path)[0] == "1"


@pytest.mark.parametrize("machine", sorted(seccomp.MACHINES))
def test_the_filter_says_no_to_what_it_lists_and_yes_to_the_rest(machine):
    """Run as the kernel would: also for machines that aren't at hand."""
    known = seccomp.MACHINES[machine]

    for number in known.numbers.values():
        assert verdict(machine, known.architecture, number) == seccomp.FAIL
    for number in (0, 1, 2, 3, 9, 56, 57, 60, 61, 62, 63, 64, 93, 220, 221, 222, 435, 449):
        if number not in known.numbers.values():
            assert verdict(machine, known.architecture, number) == seccomp.ALLOW
    assert verdict(machine, 0x40000003, 1) == seccomp.FAIL  # another architecture's numbers


def test_the_other_numbers_of_the_same_calls_are_no_way_round():
    assert verdict("x86_64", 0xC000003E, seccomp.X32_CALLS | 41) == seccomp.FAIL


def verdict(machine, architecture, number):
    """What the program returns, interpreted one instruction after another."""
    data = {seccomp.CALL_AT: number, seccomp.ARCHITECTURE_AT: architecture}
    program, place, value = seccomp.program(machine), 0, 0
    while True:
        code, if_true, if_false, k = program[place]
        place += 1
        if code == seccomp.LOAD:
            value = data[k]
        elif code == seccomp.EQUAL:
            place += if_true if value == k else if_false
        elif code == seccomp.NOT_BELOW:
            place += if_true if value >= k else if_false
        else:
            return k


def test_memory_ends(tmp_path):
    assert run(attempt("bytearray(2**31)"), tmp_path)[0] == "MemoryError"


def test_files_don_t_grow_without_end(tmp_path):
    """The signal ends most programs; who ignores it, as Python does, gets an error."""
    said, _, _ = run(attempt("open('large', 'wb').write(bytes(2**21))"), tmp_path)

    assert said == "OSError"
    assert (tmp_path / "large").stat().st_size <= LIMITS.file_size


def test_time_ends(tmp_path):
    limits = sandbox.Limits(memory=2**30, cpu_seconds=1, wall_seconds=60, file_size=2**20)

    _, code, _ = run("while True: pass", tmp_path, limits=limits)

    assert code in (-signal.SIGXCPU, -signal.SIGKILL)


@needs_linux
def test_nothing_outlives_the_worker(tmp_path):
    """A worker starts a program that would run for an hour, and is killed."""
    worker = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "import sys, tempfile\n"
            "from pathlib import Path\n"
            "from media_pipeline import sandbox\n"
            "limits = sandbox.Limits(2**30, 60, 60, 2**20)\n"
            "program = 'import os, time; print(os.getpid(), flush=True); time.sleep(3600)'\n"
            "process = sandbox.start([sys.executable, '-c', program], limits=limits,\n"
            "    folder=Path(sys.argv[1]), stderr=tempfile.TemporaryFile(),\n"
            "    reads=[Path(sys.prefix), Path(sys.base_prefix)])\n"
            "print(process.stdout.readline().decode(), end='', flush=True)\n"
            "process.wait()\n",
            str(tmp_path),
        ],
        stdout=subprocess.PIPE,
    )
    child = int(worker.stdout.readline())
    worker.kill()
    worker.wait()
    worker.stdout.close()

    deadline = time.monotonic() + 10
    while is_running(child) and time.monotonic() < deadline:
        os.sched_yield()
    assert not is_running(child)


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@needs_landlock
@needs_seccomp
def test_ffmpeg_that_was_told_to_open_everything_still_can_t(tmp_path):
    """The walls behind the lists of protocols and demuxers: here a list of files is opened with
    nothing forbidden."""
    folder = tmp_path / "folder"
    folder.mkdir()
    secret = tiny_video(tmp_path / "secret.mp4")
    listed = folder / "list.txt"
    for line in (f"file file:{secret}", "file http://127.0.0.1:8/x.ts"):
        listed.write_text(f"ffconcat version 1.0\n{line}\n")
        with tempfile.TemporaryFile() as stderr:
            process = sandbox.start(
                [
                    *(imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-f", "concat"),
                    *("-safe", "0", "-protocol_whitelist", "file,http,tcp,pipe"),
                    *("-i", str(listed), "-c", "copy", "-f", "mp4", "copy.mp4"),
                ],
                limits=LIMITS,
                folder=folder,
                stderr=stderr,
            )
            process.communicate(timeout=60)
            sandbox.stop(process)
            stderr.seek(0)
            complaint = stderr.read().decode()
        assert process.returncode != 0
        assert "Permission denied" in complaint or "Operation not permitted" in complaint


def test_a_system_without_walls_still_runs_programs(tmp_path):
    """An old kernel answers that it doesn't know the call; a machine may not be known here."""

    class OldKernel:
        def syscall(self, *_):
            return -1

        def prctl(self, *_):
            return -1

    assert not landlock.restrict(OldKernel(), runs=[], reads=[], writes=[])
    assert not seccomp.restrict(OldKernel(), "x86_64")
    assert not seccomp.restrict(OldKernel(), "riscv64")

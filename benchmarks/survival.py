"""What is left of a video when its worker is killed: SIGKILL at a random moment, over every stage
of the pipeline, with each broker. The worker is then started again, as a supervisor would, and
the video must be finished, with nothing made twice and kept and nothing left over.

    python benchmarks/survival.py [--quick] [--trials 60] [--broker filesystem|redis] [--json FILE]

A trial that ends well is worth little without its checks: every file in storage must be named by
a row and the other way round, what was made must decode, nobody may be told twice, no process may
outlive its worker, and when the video is deleted nothing at all may be left. --quick makes eight
trials. Redis is left out, in a sentence, where there is no redis-server. Needs Linux (/proc).
"""

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BROKERS = ("filesystem", "redis")
STAGES = ("call", "ingest", "probe", "listen", "encode", "examine", "stills", "publish")
PATIENCE = 120  # seconds for what has to happen in a trial
SETTLING = 90  # seconds in which the last traces of the work must go; pictures take their time
QUIET = 2  # seconds without a change in storage, after which nothing more is expected
TOLD = 3  # seconds that a child may take to notice that its worker is gone


@dataclass
class Trial:
    broker: str
    aimed_at: str
    hit: str = "nothing"
    """The step that was running when the worker died; 'nothing' between two."""
    seconds: float = 0.0
    """From the new worker's start until all was done."""
    swept: int = 0
    """Files that only the daily look for leftovers removed."""
    faults: list[str] = field(default_factory=list)


def main() -> int:
    options = _options()
    trials: list[Trial] = []
    with tempfile.TemporaryDirectory(prefix="auditorium-survival-") as folder:
        site = Path(folder) / "site"
        environment = _environment(site)
        _prepare(environment)
        brokers = [options.broker] if options.broker else list(BROKERS)
        if "redis" in brokers and not shutil.which("redis-server"):
            print("There is no redis-server on this machine: Redis is not tried.")
            brokers.remove("redis")
        if not brokers:
            return 0
        for number, broker in enumerate(brokers):
            count = options.trials // len(brokers) + (number < options.trials % len(brokers))
            with _served(broker, Path(folder)) as url:
                trials += _trials_in_a_process(environment | url, broker, count, options.seed)
    _print(trials)
    if options.json:
        options.json.write_text(json.dumps([asdict(trial) for trial in trials], indent=1))
    return 1 if any(trial.faults for trial in trials) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--quick", action="store_true", help="eight trials")
    parser.add_argument("--trials", type=int, default=60)
    parser.add_argument("--broker", choices=BROKERS)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    if options.quick:
        options.trials = 8
    return options


def _environment(site: Path) -> dict[str, str]:
    """A site of its own, with nothing of this one's in it."""
    (site / "tmp").mkdir(parents=True)
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "AUDITORIUM_VAR": str(site),
        "AUDITORIUM_DEMO": "0",
        "TMPDIR": str(site / "tmp"),
        "LOG_LEVEL": "WARNING",
    }


def _prepare(environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "ops.prepare"], cwd=ROOT, env=environment, check=True)


@contextmanager
def _served(broker: str, folder: Path) -> Iterator[dict[str, str]]:
    """The broker, running, and the setting that leads to it."""
    if broker == "filesystem":
        yield {}
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(["redis-server", *arguments], stdout=subprocess.DEVNULL)  # noqa: S607
    try:
        yield {"CELERY_BROKER_URL": f"redis://127.0.0.1:{port}/0"}
    finally:
        server.terminate()
        server.wait(10)


def _trials_in_a_process(
    environment: dict[str, str], broker: str, count: int, seed: int
) -> list[Trial]:
    """Django knows one broker in its life, so each has a process, which prints a line a trial."""
    process = subprocess.Popen(
        [sys.executable, __file__, "--in-site", broker, str(count), str(seed)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    trials = []
    try:
        for line in process.stdout or ():
            trials.append(Trial(**json.loads(line)))
            _print_trial(len(trials), trials[-1])
    except BaseException:  # whoever stops this stops all of it
        process.terminate()
        process.wait(30)
        raise
    if process.wait() or len(trials) != count:
        sys.exit(f"The trials with {broker} broke off (seed {seed}).")
    return trials


def _print_trial(number: int, trial: Trial) -> None:
    fate = "finished" if not trial.faults else "; ".join(trial.faults)
    fate += f" ({trial.swept} files swept up)" if trial.swept else ""
    print(
        f"{trial.broker:11}{number:3}  aimed at {trial.aimed_at:8} hit {trial.hit:8}"
        f"{trial.seconds:6.1f} s  {fate}",
        flush=True,
    )


def _print(trials: list[Trial]) -> None:
    print()
    for broker in dict.fromkeys(trial.broker for trial in trials):
        own = [trial for trial in trials if trial.broker == broker]
        well = sum(not trial.faults for trial in own)
        hits = ", ".join(f"{name} {n}" for name, n in Counter(t.hit for t in own).most_common())
        slowest = max(trial.seconds for trial in own)
        print(f"{broker}: {well} of {len(own)} finished with nothing left over (hit: {hits};")
        print(f"  finished at most {slowest:.1f} s after the worker was started again)")
    well = sum(not trial.faults for trial in trials)
    print(f"bar: {well} of {len(trials)} finish; nothing made twice and kept, nothing left over")


# --- Inside the site: from here on Django is set up.


class Worker:
    """The worker of `make run`, with beat in it."""

    def __init__(self, site: Path) -> None:
        self.log = (site / "worker.log").open("ab")
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ops.worker"],
            cwd=ROOT,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def kill(self) -> None:
        """The worker alone: what it started must notice."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Site:
    """Everything that a trial needs to know of the site it happens in."""

    def __init__(self, broker: str, seed: int) -> None:
        from django.conf import settings  # noqa: PLC0415 - only here is there a site

        from accounts.models import User  # noqa: PLC0415
        from merchants.models import Merchant  # noqa: PLC0415

        self.broker = broker
        self.random = random.Random(f"{seed} {broker}")  # noqa: S311 - moments, not secrets
        self.folder = Path(settings.VAR_DIR)
        self.media = Path(settings.MEDIA_ROOT)
        self.user, _created = User.objects.get_or_create(email="merchant@example.org")
        self.merchant, _created = Merchant.objects.get_or_create(slug="kitchen", name="Kitchen")
        self.clips = [self._clip("small", "640x360", 5), self._clip("large", "1280x720", 3)]
        self.typical: dict[str, float] = {}
        """Seconds that each step took lately."""

    def _clip(self, name: str, size: str, seconds: int) -> bytes:
        import imageio_ffmpeg  # noqa: PLC0415

        path = self.folder / f"{name}.mp4"
        sources = ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate=25"]
        sources += ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-c:a", "aac"]
        codec = ["-t", str(seconds), "-c:v", "libx264", "-preset", "ultrafast"]
        codec += ["-pix_fmt", "yuv420p", str(path)]
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y", *sources]
        subprocess.run([*command, *codec], check=True)
        content = path.read_bytes()
        path.unlink()
        return content

    def upload(self, number: int):
        """A video of bytes that have never been here before."""
        from django.core.files.base import ContentFile  # noqa: PLC0415

        from media_pipeline import services  # noqa: PLC0415

        noise = os.urandom(16)
        box = (len(noise) + 8).to_bytes(4, "big") + b"free" + noise
        content = self.clips[number % len(self.clips)] + box
        return services.add_video(
            merchant=self.merchant,
            user=self.user,
            title=f"Trial {number}",
            file=ContentFile(content, name="trial.mp4"),
        )


def run_in_site(broker: str, count: int, seed: int) -> None:
    import django  # noqa: PLC0415 - this process is the site's

    django.setup()
    site = Site(broker, seed)
    worker = Worker(site.folder)
    try:
        _undisturbed(site)
        for number in range(count):
            trial = _trial(site, worker, number)
            print(json.dumps(asdict(trial)), flush=True)
    finally:
        worker.kill()


def _undisturbed(site: Site) -> None:
    """A run without a kill, which tells how long each step takes here."""
    video = site.upload(0)
    if not _wait(lambda: _is_done(video)):
        raise SystemExit(f"Not even an undisturbed video is finished: {_states(video)}")
    _note_times(site, video)
    _wait_for_quiet(site)
    _delete(video)


def _trial(site: Site, worker: Worker, number: int) -> Trial:
    trial = Trial(site.broker, STAGES[number % len(STAGES)])
    video = site.upload(number)
    _wait_for_the_moment(site, video, trial.aimed_at)
    worker.kill()
    trial.hit = _running_step(video)
    if not _wait(lambda: not _children(site, worker), TOLD):
        trial.faults.append("processes outlived the worker")
    worker.start()
    begun = time.monotonic()
    if _wait(lambda: _is_done(video)):
        trial.seconds = time.monotonic() - begun
        _wait_for_quiet(site)
        if not _wait(lambda: not _faults(site, video), SETTLING):
            trial.swept += _swept()
            trial.faults += _faults(site, video)
        _note_times(site, video)
    else:
        trial.faults.append(f"not finished: {_states(video)}")
    _delete(video)
    if not _wait(lambda: not _left_over(site), 5):
        trial.swept += _swept()
        trial.faults += [f"after deletion: {name}" for name in _left_over(site)]
    return trial


def _wait_for_the_moment(site: Site, video, stage: str) -> None:
    """Somewhere in the stage, or just after it, where one step hands over to the next."""
    if stage == "call":
        time.sleep(site.random.uniform(0, 0.1))
        return
    begun = _wait(lambda: video.source.steps.filter(name=stage).exclude(state="waiting").exists())
    if begun:
        time.sleep(site.random.uniform(0, 1.1 * site.typical.get(stage, 0.1)))


def _wait(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True


def _is_done(video) -> bool:
    """Served, and every step over (nobody waits for what is left out in one that failed)."""
    video.source.refresh_from_db()
    over = ("done", "failed", "refused", "cancelled")
    return (
        video.source.profile is not None and not video.source.steps.exclude(state__in=over).exists()
    )


def _states(video) -> str:
    steps = video.source.steps.all()
    return ", ".join(f"{step.name} {step.state} {step.message}".strip() for step in steps)


def _running_step(video) -> str:
    return video.source.steps.filter(state="running").values_list("name", flat=True).first() or (
        "nothing"
    )


def _note_times(site: Site, video) -> None:
    for step in video.source.steps.exclude(started_at=None).exclude(ended_at=None):
        site.typical[step.name] = (step.ended_at - step.started_at).total_seconds()


def _delete(video) -> None:
    from accounts.models import Notification  # noqa: PLC0415 - as above
    from media_pipeline import services  # noqa: PLC0415

    services.delete_video(video=video)
    Notification.objects.all().delete()


def _wait_for_quiet(site: Site) -> None:
    """Until nothing in storage changes for a while: the sizes of pictures come after all else."""
    before, since = _present(site), time.monotonic()
    deadline = since + SETTLING
    while time.monotonic() - since < QUIET and time.monotonic() < deadline:
        time.sleep(0.1)
        now = _present(site)
        if now != before:
            before, since = now, time.monotonic()


def _present(site: Site) -> set[str]:
    return {str(path.relative_to(site.media)) for path in site.media.rglob("*") if path.is_file()}


def _swept() -> int:
    """What beat has done every night, now: a kill between a commit and what follows it leaves
    files that only a look at all of storage finds."""
    from media_pipeline import services  # noqa: PLC0415 - as above

    return services.remove_leftovers(grace=timedelta(0))


def _faults(site: Site, video) -> list[str]:
    """What is wrong with a video that says it is finished."""
    from accounts.models import Notification  # noqa: PLC0415 - as above
    from media_pipeline.services.steps.making import rungs_of  # noqa: PLC0415

    source = video.source
    found = [f"{s.name} {s.state}: {s.message}" for s in source.steps.exclude(state="done")]
    found += [
        f"{step.name} was tried {step.attempts} times"
        for step in source.steps.all()
        if step.attempts > 2
    ]
    rungs = sorted(rung.name for rung in rungs_of(source))
    made = sorted(source.renditions.values_list("name", flat=True))
    if made != rungs:
        found.append(f"renditions {made} instead of {rungs}")
    found += [
        f"{one.path} does not decode"
        for one in source.renditions.all()
        if not _decodes(site.media / one.path, one.size)
    ]
    told = Notification.objects.filter(user=site.user).count()
    if told != 1:
        found.append(f"the merchant was told {told} times")
    return found + _left_over(site)


def _decodes(path: Path, size: int) -> bool:
    import imageio_ffmpeg  # noqa: PLC0415 - as above

    if not path.exists() or path.stat().st_size != size:
        return False
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-i", str(path)]
    decoded = subprocess.run([*command, "-f", "null", "-"], capture_output=True, check=False)
    return decoded.returncode == 0 and not decoded.stderr


def _left_over(site: Site) -> list[str]:
    """Files that no row names, rows whose files are missing, and traces of work."""
    named, present = _named_files(), _present(site)
    found = [f"{name} is missing" for name in sorted(named - present)]
    found += [f"{name} belongs to nothing" for name in sorted(present - named)]
    for folder in ("work", "uploads", "tmp"):
        left = [path for path in (site.folder / folder).rglob("*") if path.name != "scratch"]
        found += [str(path.relative_to(site.folder)) for path in left]
    return found + _rows_left_over()


def _named_files() -> set[str]:
    from media_pipeline import models  # noqa: PLC0415 - as above

    columns = [
        (models.Source, "file"),
        (models.Rendition, "path"),
        (models.Asset, "path"),
        (models.Finding, "path"),
        (models.Picture, "file"),
        (models.PictureRendition, "file"),
    ]
    return {
        name
        for model, column in columns
        for name in model.objects.exclude(**{column: ""}).values_list(column, flat=True)
    }


def _rows_left_over() -> list[str]:
    from media_pipeline import models  # noqa: PLC0415 - as above

    pictures = models.Picture.objects.filter(still=None).count()
    looks = models.FirstLook.objects.count()
    found = [f"{pictures} pictures that are no stills"] if pictures else []
    return found + ([f"{looks} first looks"] if looks else [])


def _children(site: Site, worker: Worker) -> list[int]:
    """Processes that run in the site's folder or name it, but for the worker and this one."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        pid = int(entry.name)
        if pid in (os.getpid(), os.getppid(), worker.process.pid):
            continue
        try:
            words = (entry / "cmdline").read_bytes().decode(errors="replace")
            cwd = os.readlink(entry / "cwd")
        except OSError:
            continue
        if words and (str(site.folder) in words or cwd.startswith(str(site.folder))):
            found.append(pid)
    return found


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if sys.argv[1:2] == ["--in-site"]:
        run_in_site(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        sys.exit(main())

import json
import os
import subprocess
import sys
import time

import imageio_ffmpeg
import numpy as np
import pytest

from media_pipeline import encoding, examination, sandbox
from media_pipeline.analysis import __main__ as analysis
from media_pipeline.analysis.material import JOB, Found
from media_pipeline.choices import FindingKind
from media_pipeline.encoding import sound
from media_pipeline.ladder import rungs_for
from media_pipeline.probing import probe
from tests.media_pipeline.leftovers import leave, picture

LOUD = {"integrated": -20.0, "seconds": 6.0, "silences": [], "overdriven": [[1.0, 2.0]]}
ALL_KINDS = {
    kind
    for name in [*analysis.CHECKS, *analysis.FRAME_CHECKS, *analysis.SLOW_FRAME_CHECKS]
    for kind in name.split("+")
}


@pytest.fixture
def folder(tmp_path):
    """Six seconds in which something goes on, with overdriven sound."""
    random = np.random.default_rng(2)
    motion = [random.integers(80, 90, (18, 32, 3)) for _ in range(150)]
    frames = [picture(seed) for seed in range(6)]
    leave(tmp_path, motion=motion, frames=frames, details=frames[:2], loudness=LOUD)
    return tmp_path


def said(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_all_checks_run_in_a_process_of_their_own(folder):
    result = examination.examine(folder)
    assert result.complaint == ""
    assert [one for one in result.findings if one.kind in ("clipping", "unchecked")] == [
        Found("clipping", 1.0, 2.0)
    ]


def test_what_the_encoder_leaves_is_what_the_checks_read(tmp_path):
    """A wide film with bars, black for two of its five seconds, silent throughout."""
    path = tmp_path / "clip.mp4"
    graph = (
        "[0:v]crop=640:268,pad=640:360:0:46,"
        "drawbox=x=0:y=0:w=iw:h=ih:color=black:t=fill:enable='between(t,2,4)'[v]"
    )
    made = ["-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=6", "-filter_complex", graph]
    sound_too = ["-f", "lavfi", "-t", "6", "-i", "anullsrc=r=48000:cl=stereo"]
    streams = ["-map", "[v]", "-map", "1:a", "-c:a", "aac", "-preset", "superfast"]
    program = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin"]
    subprocess.run([*program, *made[:4], *sound_too, *made[4:], *streams, str(path)], check=True)
    facts = probe(path)
    loudness = sound.measure(path, facts, tmp_path, lambda done: None)
    rungs = rungs_for(width=640, height=360, frame_rate=25)
    job = encoding.Job(source=path, probe=facts, loudness=loudness, rungs=rungs, folder=tmp_path)
    encoding.encode(job, on_progress=lambda done: None)
    described = {"facts": facts.as_facts(), "loudness": loudness.as_facts()}
    numbers = {"duration": facts.seconds, "frame_rate": encoding.frame_rate_of(facts)}
    (tmp_path / JOB).write_text(json.dumps(described | numbers))

    result = examination.examine(tmp_path)
    assert result.complaint == ""
    found = {one.kind: (round(one.start), round(one.end)) for one in result.findings}
    assert found == {"black": (2, 4), "silence": (0, 6), "letterbox": (0, 6)}


def test_every_check_is_of_a_kind_that_findings_have():
    assert set(FindingKind.values) >= ALL_KINDS


def test_a_check_that_fails_is_said_and_the_others_go_on(folder, monkeypatch, capsys):
    def fails(material):
        raise ZeroDivisionError("nothing to divide by")

    monkeypatch.setitem(analysis.CHECKS, "black", fails)
    analysis.main(folder)
    lines = said(capsys)
    result = examination.read([json.dumps(line) for line in lines], "")
    assert [(one.kind, one.detail) for one in result.findings if one.kind == "unchecked"] == [
        ("unchecked", "Black picture")
    ]
    assert "clipping" in [one.kind for one in result.findings]
    assert result.complaint == "black: ZeroDivisionError: nothing to divide by"


def test_a_frame_check_that_fails_midway_is_not_asked_again(folder, monkeypatch, capsys):
    class Fails:
        seen = 0

        def __init__(self, material):
            pass

        def see(self, frame):
            Fails.seen += 1
            if frame.second == 2:
                raise ValueError("what is that?")

        def found(self):
            return []

    monkeypatch.setitem(analysis.FRAME_CHECKS, "blur", Fails)
    analysis.main(folder)
    assert {"name": "blur", "failed": "ValueError: what is that?"} in said(capsys)
    assert Fails.seen == 3


def test_a_broken_folder_leaves_everything_unchecked(folder):
    (folder / JOB).write_text("{")
    result = examination.examine(folder)
    assert [(one.kind, one.detail) for one in result.findings] == [("unchecked", "")]
    assert "JSONDecodeError" in result.complaint


def test_missing_material_leaves_unchecked_what_needed_it(folder):
    (folder / "motion.rgb").unlink()
    found = examination.examine(folder).findings
    assert {one.detail for one in found if one.kind == "unchecked"} == {
        "Black picture",
        "Picture stands still",
        "Flashes that could hurt",
    }


def test_what_takes_too_long_is_stopped_and_unchecked(folder, monkeypatch):
    limits = sandbox.Limits(memory=4 * 2**30, cpu_seconds=60, wall_seconds=0.01, file_size=2**20)
    monkeypatch.setattr(examination, "LIMITS", limits)
    began = time.monotonic()
    found = examination.examine(folder).findings
    assert "unchecked" in [one.kind for one in found]
    assert time.monotonic() - began < 20


def test_whoever_waits_can_stop_it(folder, monkeypatch):
    class CancelledError(Exception):
        pass

    def cancel():
        raise CancelledError

    monkeypatch.setattr(examination, "TICK", 0.01)
    with pytest.raises(CancelledError):
        examination.examine(folder, cancel)


def test_a_line_cut_in_half_is_left_out():
    lines = ['{"checks": ["black", "address+price"], "duration": 4.0}', '{"check": "bla']
    found = examination.read(lines, "killed").findings
    assert [(one.detail, one.end) for one in found] == [
        ("Black picture", 4.0),
        ("Web or mail address", 4.0),
        ("Price", 4.0),
    ]


def test_the_worker_does_not_load_what_only_the_checks_need():
    code = (
        "import sys, media_pipeline.examination, media_pipeline.encoding.sound;"
        "sys.exit('numpy' in sys.modules)"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    assert done.returncode == 0

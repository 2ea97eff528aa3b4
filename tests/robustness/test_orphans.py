"""When the program is killed its engine processes go too, whatever they are doing."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]
_PROGRAM = """
import sys, threading
from pathlib import Path
from studio.core.jobs import Request
from studio.engines.messages import HostSettings, Run, Said, Status, Warm
from studio.engines.supervisor import Supervisor

def tell(message):
    if isinstance(message, Said if how == "hold" else Status):
        print(supervisor._process.pid, flush=True)

if __name__ == "__main__":
    folder, how = Path(sys.argv[1]), sys.argv[2]
    settings = HostSettings("test", folder, folder / "log", "tests.fakes:resolve", "tests.fakes:FakeCache")
    supervisor = Supervisor(settings, tell)
    stubborn = Run(1, "tests.fakes:StubbornTask", Request("stubborn", 1, {"how": "hold"}), {})
    supervisor.ask(stubborn if how == "hold" else Warm("tests.fakes:QuickTask"))
    supervisor.serve()
"""


@pytest.mark.parametrize("how", ["idle", pytest.param("hold", marks=pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux ends a child that holds Python's lock"))])
def test_no_engine_process_outlives_the_program(tmp_path: Path, how: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM)
    environment = {"PYTHONPATH": str(ROOT), "ATELIER_HOME": str(tmp_path)}
    with subprocess.Popen([sys.executable, str(program), str(tmp_path), how], stdout=subprocess.PIPE,
                          text=True, env=environment) as process:
        assert process.stdout
        engine = psutil.Process(int(process.stdout.readline()))
        time.sleep(0.5)  # it says so just before it stops listening
        process.kill()
        assert psutil.wait_procs([engine], timeout=10)[1] == []

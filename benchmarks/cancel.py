"""How fast a stop is: ``python -m benchmarks.cancel [STOPS]``.

Starts Style jobs (Quick, big and small, and Fine) and jobs that never look at the stop, stops each at a
random moment, and measures from the click to the committed end, and to the end of a very short job after it.
Aim: 95 of 100 stops within 250 ms, all within 2.5 s, and the job after each stop runs.
"""

from __future__ import annotations

import random
import sys
import time
from typing import TYPE_CHECKING, Any

from benchmarks.bench import Bench, bench, percentile, wait_until

if TYPE_CHECKING:
    from studio.core.jobs import Request

_STUBBORN = 4
"""Of 100 jobs, those that ignore the stop and have to be killed."""


def main(stops: int) -> None:
    """Measure and print the distribution, per kind of job and for all."""
    moments = random.Random(1)
    with bench({name: f"tests.fakes:{name.title()}Task" for name in ("stubborn", "quick")}) as studio:
        methods = warm(studio)
        found: dict[str, list[float]] = {}
        free: list[float] = []
        for number in range(stops):
            name, request, longest = kind(studio, number, methods)
            stopped, after = stop_once(studio, request, moments.uniform(0.0, longest))
            found.setdefault(name, []).append(stopped)
            free.append(after)
    everything = [value for values in found.values() for value in values]
    for name, values in [*found.items(), ("all", everything), ("next job done", free)]:
        print(f"{name:>14}: {len(values):3} stops   half {percentile(values, 0.5):6.0f} ms   "
              f"95% {percentile(values, 0.95):6.0f} ms   worst {max(values):6.0f} ms")
    within = sum(value <= 250 for value in everything) / len(everything)
    print(f"within 250 ms: {within:.0%} (aim 95%)   within 2.5 s: "
          f"{sum(value <= 2500 for value in everything) / len(everything):.0%} (aim 100%)")


def kind(studio: Bench, number: int, methods: list[str]) -> tuple[str, Request, float]:
    """Name, request and the latest moment to stop it, in seconds."""
    from studio.core.jobs import Request

    if number % 100 in range(20, 20 + _STUBBORN):
        return "ignores stop", Request("stubborn", 1, {"how": "hold"}), 0.5
    if number % 3 == 0:
        return "quick 3000 px", studio.style("quick", 3000, number), 3.0
    if number % 3 == 1 or "fine" not in methods:
        return "quick 512 px", studio.style("quick", 512, number), 0.3
    return "fine 512 px", studio.style("fine", 512, number, steps=400), 4.0


def warm(studio: Bench) -> list[str]:
    """Load the models once; the methods whose models are there."""
    methods = []
    for method in ("quick", "fine"):
        [job] = studio.runner.submit([studio.style(method, 128, steps=10)], panel="style", label="Warm")
        wait_until(lambda j=job: j.state.is_final)  # type: ignore[misc]
        if job.problem:
            print(f"{method} is left out: {job.problem.text}")
        else:
            methods.append(method)
    return methods


def stop_once(studio: Bench, request: Request, after: float) -> tuple[float, float]:
    """Milliseconds from the stop to the end of the job, and to the end of a short one after it."""
    from studio.core.jobs import JobState, Request

    ended: list[Any] = []
    studio.runner.ended.connect(ended.append)
    [job] = studio.runner.submit([request], panel="style", label="Stop me")
    wait_until(lambda: studio.runner.current is job or job.state.is_final)
    end = time.monotonic() + after
    wait_until(lambda: time.monotonic() >= end or job.state.is_final)
    start = time.monotonic()
    studio.runner.stop(job)
    wait_until(lambda: job in ended)
    stopped = (time.monotonic() - start) * 1000
    quick = Request("quick", 1, {"steps": 1, "seconds": 0.0})
    [short] = studio.runner.submit([quick], panel="style", label="Next")
    wait_until(lambda: short in ended)
    studio.runner.ended.disconnect(ended.append)
    if short.state is not JobState.DONE:
        raise SystemExit(f"the job after a stop ended as {short.state}: {short.problem}")
    return stopped, (time.monotonic() - start) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)

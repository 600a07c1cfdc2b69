"""What wrk says, and rounds."""

from __future__ import annotations

import pytest

from bench.load import Burst, Contest, Target, parse_wrk

SAID = """\
Running 3s test @ http://127.0.0.1:8080/page.html
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   734.41us  271.20us   9.91ms   91.35%
    Req/Sec    43.67k     2.35k   47.21k    73.33%
  Latency Distribution
     50%  690.00us
     75%  803.00us
     90%    0.93ms
     99%    1.62ms
  130361 requests in 3.01s, 4.20GB read
Requests/sec:  43346.19
Transfer/sec:      1.40GB
"""
TROUBLE = """\
  Socket errors: connect 1, read 20, write 300, timeout 4000
  Non-2xx or 3xx responses: 50000
"""


def test_what_wrk_says_is_read():
    burst = parse_wrk(SAID)
    assert burst == Burst(
        requests=130361, seconds=3.01, per_second=43346.19, p99_seconds=pytest.approx(0.00162), failed=0
    )


def test_answers_that_failed_are_counted():
    assert parse_wrk(SAID.replace("Requests/sec", TROUBLE + "Requests/sec")).failed == 54_321


@pytest.mark.parametrize(
    ("said", "seconds"), [("99%  690.00us", 0.00069), ("99%    1.20s", 1.2), ("99%    2.00m", 120)]
)
def test_every_unit_of_time_is_understood(said, seconds):
    assert parse_wrk(SAID.replace("99%    1.62ms", said)).p99_seconds == pytest.approx(seconds)


@pytest.mark.parametrize("said", ["", "unable to connect to 127.0.0.1:1 Connection refused"])
def test_what_is_no_result_is_refused(said):
    with pytest.raises(ValueError, match="no output of wrk"):
        parse_wrk(said)


def test_cpu_time_is_told_for_a_request():
    burst = Burst(requests=1_000, seconds=2.0, per_second=500, p99_seconds=0.1, failed=0, cpu_seconds=1.0)
    assert burst.cpu_ms == 1.0
    assert burst.busy == 0.5
    assert Burst(0, 0.0, 0, 0, 0).cpu_ms == Burst(0, 0.0, 0, 0, 0).busy == 0.0


def _burst(per_second: float, *, p99: float = 0.1, failed: int = 0) -> Burst:
    return Burst(int(per_second), 1.0, per_second, p99, failed, cpu_seconds=0.9)


def test_a_contest_compares_neighbouring_rounds():
    contest = Contest([_burst(90), _burst(45), _burst(80)], [_burst(100), _burst(50), _burst(100)])
    result = contest.result()
    assert result.ratio == 0.9
    assert not result.flaw
    assert result.note.startswith("3 rounds, ratios 0.80 to 0.90; ours 11.2 ms CPU/request, CPU 90% busy; reference ")


def test_a_contest_may_be_about_something_else():
    contest = Contest([_burst(1, p99=0.2)], [_burst(1, p99=0.1)])
    assert contest.result(lambda burst: burst.p99_seconds).ratio == 2.0


def test_failed_answers_spoil_a_contest():
    assert Contest([_burst(90, failed=2)], [_burst(100, failed=1)]).result().flaw == "3 answers failed"


def test_a_target_tells_wrk_everything():
    target = Target("http://127.0.0.1:1/", headers=["Accept-Encoding: gzip"], script="flood.lua", words=["5", "2"])
    command = target.command(2.6)
    assert command[:7] == ["wrk", "-t", "1", "-c", "32", "-d", "3s"]
    assert command[command.index("-H") + 1] == "Accept-Encoding: gzip"
    assert command[command.index("-s") + 1].endswith("lua/flood.lua")
    assert command[-4:] == ["http://127.0.0.1:1/", "--", "5", "2"]

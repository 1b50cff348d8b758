"""An attribute that is a length of time, in both readings of the language."""

from pathlib import Path

from expect import amparo

LAW = """vocabulary v
kind Person reads "a person".
fact respite(p: Person): duration reads "{p} has a respite of {value}".
event Notice { to: Person } reads "{to} is notified".
official act Levy { from: Person } reads "a levy on {from}".

act charter "Charter" rank constitution evidence read
  article 1
    norm waits
      forbid Levy l unless some Notice n has (n.to = l.from and n.on + respite(l.from) <= l.on).
    norm short
      forbid Levy l unless some Notice n has (n.to = l.from and n.on + 10 days <= l.on).

act levies "Levies" rank law evidence read
  article 1
    norm levy
      permit Levy l when some Notice n has (n.to = l.from and l.on >= n.on + respite(l.from)).

scenario "too soon"
  given p: Person, respite(p) = 10 days.
  when n: Notice { to: p, on: 2024-01-01 }, l: Levy { from: p, on: 2024-01-05 }.
  expect l forbidden by charter norm waits.
  expect that respite(p) > 9 days.
question "q"
  expect charter article 1 norm waits holds.
  expect charter article 1 norm short violated.
"""


def test_a_respite_of_days_is_kept_in_one_world_and_in_all(project: Path) -> None:
    (project / "law.norm").write_text(LAW, encoding="utf-8")

    ended = amparo("test", "law.norm")

    assert (ended.code, ended.out.splitlines()[-1]) == (0, "2 passed, 0 failed")


def test_a_month_is_no_value(project: Path) -> None:
    months = LAW.replace("> 9 days", "> 1 months rounded down")
    (project / "law.norm").write_text(months, encoding="utf-8")

    ended = amparo("test", "law.norm")

    assert ended.code == 2
    assert "error[value-expected]: a length of time that is no number of days" in ended.err

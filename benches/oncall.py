#!/usr/bin/env python3
"""How long `vigie who` and `vigie chain simulate` take for any instant of the next 400 days: a process each time, with three rotas
that have shifts, overrides and holidays, forty people of whom ten are away, and a chain of six steps.

    benches/oncall.py VIGIE [INSTANTS]
"""

import datetime
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PEOPLE = 40
START = datetime.datetime(2026, 1, 5)


def site(folder: Path) -> None:
    """Writes the three files of a site."""
    random.seed(1)
    people = [f"p{number}" for number in range(PEOPLE)]
    lines = ["people:"]
    for number, person in enumerate(people):
        away = ""
        if number % 4 == 0:
            at = START + datetime.timedelta(days=random.randrange(700))
            away = f", away: [{{from: {at:%Y-%m-%d}, to: {at + datetime.timedelta(days=12):%Y-%m-%d}, instead: p1}}]"
        lines.append(f'  {person}: {{name: "Person {number}", mail: {person}@h.example, phone: "{4000 + number}"{away}}}')
    lines += ["holidays: [fr, fr-alsace-moselle]", "rotas:"]
    for number in range(3):
        members = ", ".join(people[number * 10 : number * 10 + 10])
        night = ", ".join(people[30 + number * 3 : 33 + number * 3])
        lines += [
            f"  rota{number}:",
            '    handover: ["mon 08:00", "fri 18:00"]',
            "    start: 2026-01-05",
            f"    members: [{members}]",
            "    else: p39",
            "    shifts:",
            f'      - {{hours: "mon-fri 18:00-08:00", members: [{night}]}}',
            f'      - {{hours: "sat-sun 00:00-24:00", members: [{night}]}}',
            "    overrides:",
        ]
        for week in range(50):
            at = START + datetime.timedelta(days=week * 14 + number, hours=18)
            lines.append(f"      - {{from: {at:%Y-%m-%d %H:%M}, to: {at + datetime.timedelta(hours=14):%Y-%m-%d %H:%M}, who: p{week % PEOPLE}}}")
    (folder / "people.yaml").write_text("\n".join(lines) + "\n")
    steps = "\n".join(f"      - {{notify: {to}, by: mail, if_undelivered: paper, answer_within: 10m}}" for to in ["rota0", "rota1", "p3", "rota2", "p39", "p1"])
    chain = f"chains:\n  all:\n    levels: [low, medium, high, critical]\n    steps:\n{steps}\n    nobody_answers: {{rounds: 2, leave_in: paper}}\n"
    (folder / "chains.yaml").write_text(chain)
    (folder / "vigie.yaml").write_text(
        "site: {name: Bench, language: en, zone: Europe/Paris}\nsources:\n  decoy: {follow: decoy.log, format: opencanary}\n"
        'channels:\n  mail:  {smtp: "127.0.0.1:9", tls: none, from: v@h.example}\n  paper: {folder: paper}\n'
    )
    (folder / "decoy.log").touch()


def timed(vigie: str, folder: Path, *arguments: str) -> float:
    """Milliseconds of one command."""
    begin = time.perf_counter()
    done = subprocess.run([vigie, *arguments], cwd=folder, capture_output=True, text=True)
    took = (time.perf_counter() - begin) * 1000
    if done.returncode:
        sys.exit(f"{arguments}: {done.stderr}")
    return took


def main() -> None:
    vigie = str(Path(sys.argv[1]).resolve())
    instants = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site(folder)
        now = datetime.datetime.now().replace(microsecond=0)
        ats = [(now + datetime.timedelta(minutes=random.randrange(400 * 1440))).strftime("%Y-%m-%dT%H:%M") for _ in range(instants)]
        for what, arguments in [("who", ("who", "--at")), ("chain simulate", ("chain", "simulate", "all", "--at"))]:
            took = sorted(timed(vigie, folder, *arguments, at) for at in ats)
            print(f"{what}: {instants} instants, middle {statistics.median(took):.0f} ms, longest {took[-1]:.0f} ms (aim: 50 ms)")


if __name__ == "__main__":
    main()

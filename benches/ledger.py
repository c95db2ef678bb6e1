#!/usr/bin/env python3
"""How long a ledger of a million entries takes: verified whole, and to start a vigie on it.

    benches/ledger.py VIGIE [ENTRIES]

VIGIE is the program. A site is made in a temporary folder, its ledger filled with entries sealed as vigie seals them (so that a
seal that was reckoned otherwise would show as a break), then `vigie ledger verify` and `vigie run` are timed.
"""

import hashlib
import hmac
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

SITE = """site: {name: Lindenhof Hospital, language: en, zone: Europe/Paris}
sources:
  decoy: {follow: decoy.log, format: opencanary}
channels:
  paper: {folder: paper}
"""
PEOPLE = "people:\n  ann: {name: Ann, mail: ann@lindenhof.example}\n"
CHAINS = """chains:
  all:
    levels: [informational, low, medium, high, critical]
    steps: [{notify: ann, by: paper, answer_within: 30m}]
"""


def framed(parts):
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def sealer(key, purpose):
    derived = hmac.digest(key, framed([purpose]), "sha256")
    start = hmac.new(derived, digestmod=hashlib.sha256)

    def seal(*parts):
        mac = start.copy()
        mac.update(framed(parts))
        return mac.digest()

    return seal


def fill(state, count):
    key = open(os.path.join(state, "key"), "rb").read()
    entry, body_of, head_of = (sealer(key, name) for name in (b"ledger entry", b"ledger body", b"ledger head"))
    store = sqlite3.connect(os.path.join(state, "vigie.db"))
    number, last = store.execute("SELECT id, seal FROM head").fetchone()
    last = bytes.fromhex(last)
    rows = []
    for step in range(count):
        number += 1
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_767_225_600 + step * 7))
        body = (
            '{"page":"P%d","to":"c-nunez","channel":"sms","proof":"250 2.0.0 Ok: queued as 4F%07X","attempts":1,'
            '"for":{"climb":{"alert":%d,"key":{"lap":0,"step":1,"person":"c-nunez","channel":"sms","reason":"turn"}}}}'
            % (step, step, step // 9)
        )
        position = number.to_bytes(8, "big")
        last = entry(last, position, at.encode(), b"live", b"page.accepted", body_of(position, body.encode()))
        rows.append((number, at, "live", "page.accepted", body, last.hex()))
        if len(rows) == 50_000:
            store.executemany("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?)", rows)
            rows = []
    store.executemany("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?)", rows)
    store.execute("UPDATE head SET id = ?, seal = ?", (number, last.hex()))
    store.commit()
    store.close()
    mark = head_of(number.to_bytes(8, "big"), last).hex()
    with open(os.path.join(state, "head"), "w") as head:
        head.write(f"entry {number:020} seal {last.hex()} mark {mark}\n")


def started(vigie, site):
    """Starts vigie, and gives it and how long it took until it answered."""
    begun = time.monotonic()
    running = subprocess.Popen([vigie, "run", site], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while subprocess.run([vigie, "status", "--site", site], capture_output=True).returncode not in (0, 1):
        if running.poll() is not None or time.monotonic() - begun > 120:
            sys.exit("vigie does not start")
        time.sleep(0.02)
    return running, time.monotonic() - begun


def stopped(running):
    running.send_signal(signal.SIGTERM)
    running.wait(timeout=60)


def main():
    vigie, count = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    with tempfile.TemporaryDirectory() as site:
        for name, text in (("vigie.yaml", SITE), ("people.yaml", PEOPLE), ("chains.yaml", CHAINS), ("decoy.log", "")):
            with open(os.path.join(site, name), "w") as file:
                file.write(text)
        os.mkdir(os.path.join(site, "paper"))
        running, empty = started(vigie, site)
        subprocess.run([vigie, "note", "the first", "--as", "ann", "--site", site], check=True, capture_output=True)
        stopped(running)
        state = os.path.join(site, "state")
        fill(state, count)
        size = os.path.getsize(os.path.join(state, "vigie.db")) / 1e6
        begun = time.monotonic()
        said = subprocess.run([vigie, "ledger", "verify", "--site", site], capture_output=True, text=True)
        whole = time.monotonic() - begun
        if said.returncode != 0:
            sys.exit(said.stdout + said.stderr)
        running, full = started(vigie, site)
        stopped(running)
        print(f"{count} entries, {size:.0f} MB: verified whole in {whole:.2f} s; "
              f"started in {full:.2f} s (with an empty ledger: {empty:.2f} s)")


if __name__ == "__main__":
    main()

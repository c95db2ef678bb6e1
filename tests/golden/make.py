#!/usr/bin/env python3
"""Makes the golden store: a hospital as a daemon left it when the power went off.

    tests/golden/make.py VIGIE FOLDER

VIGIE is the program of the version whose store is to be kept, FOLDER is where the hospital is to stand (it must not
exist yet; its path is written into the store). Needs port 2525 of this machine for a mail relay. What comes out differs
from run to run in its numbers and times; tests/golden.rs reads those from the store.
"""

import json
import shutil
import socketserver
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import datetime, timezone
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LOGS = ["Orthanc.log", "fichiers.log", "annuaire.log", "portail.log", "leurre.log"]


class Relay(socketserver.ThreadingTCPServer):
    """A mail relay that does with each letter what `treats` says of its recipient: take, defer, refuse or hold."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 2525), Session)
        self.treats = {}
        self.held = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 relais.ch-valmont.example ESMTP")
        treat = "take"
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"RCPT":
                treat = self.server.treats.get(line.decode().split("<")[1].split(">")[0], "take")
                answers = {"defer": "451 4.7.1 try again later", "refuse": "550 5.1.1 no such mailbox"}
                self.say(answers.get(treat, "250 2.1.5 OK"))
            elif verb == b"DATA":
                self.say("354 go on")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                if treat == "hold":
                    self.server.held.set()
                    time.sleep(600)
                self.say("250 2.0.0 taken")
            elif verb == b"QUIT":
                return self.say("221 bye")
            else:
                self.say("250 OK")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class Hospital:
    def __init__(self, vigie, folder):
        self.vigie, self.folder = vigie, folder
        folder.mkdir(parents=True)
        for name in ["vigie.yaml", "people.yaml", "chains.yaml"]:
            shutil.copy(PROJECT / "examples/valmont" / name, folder)
        for name in ["logs", "spool/sms", "spool/papier"]:
            (folder / name).mkdir(parents=True)
        for log in LOGS:
            (folder / "logs" / log).touch()
        self.daemon = subprocess.Popen([vigie, "run", folder], stdout=subprocess.PIPE, text=True)
        for line in self.daemon.stdout:
            if line == "ready\n":
                break
        threading.Thread(target=self.daemon.stdout.read, daemon=True).start()

    def run(self, *words):
        command = [self.vigie, *words, "--site", self.folder]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def ledger(self):
        return [json.loads(line) for line in self.run("ledger", "show", "--json").splitlines()]

    def alerts(self):
        return json.loads(self.run("alert", "list", "--all", "--json"))

    def write(self, log, lines):
        with open(self.folder / "logs" / log, "a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)

    def wait(self, what, ready):
        until = time.monotonic() + 120
        while not (found := ready()):
            if time.monotonic() > until:
                sys.exit(f"waited in vain for {what}")
            time.sleep(0.05)
        return found

    def wait_for_alerts(self, rule, count=1):
        def found():
            alerts = [alert for alert in self.alerts() if alert["rule"] == rule]
            return alerts if len(alerts) >= count else None

        return self.wait(f"{count} × {rule}", found)


def filled(name):
    """The lines of a shipped playbook, as of now."""
    now = datetime.now(timezone.utc)
    blanks = {
        "{{rfc3164}}": f"{now:%b} {now.day:2} {now:%H:%M:%S}",
        "{{combined}}": f"{now:%d/%b/%Y:%H:%M:%S} +0000",
        "{{samba}}": f"{now:%Y-%m-%dT%H:%M:%S.%f}+0000",
        "{{local}}": f"{now:%Y-%m-%d %H:%M:%S.%f}",
        "{{utc}}": f"{now:%Y-%m-%d %H:%M:%S.%f}",
    }
    text = (PROJECT / "playbooks" / name).read_text(encoding="utf-8")
    for blank, value in blanks.items():
        text = text.replace(blank, value)
    return text.splitlines()


def play_to_the_end(hospital):
    """Twenty minutes of an exercise in twenty seconds, answered as players do."""
    hospital.run("drill", "start", "premier-exercice", "--pace", "60")
    done = set()

    def over():
        for entry in hospital.ledger():
            body, inject = entry["body"], entry["body"].get("inject")
            climbs = ((body.get("for") or {}).get("climb") or {}).get("alert")
            if entry["kind"] == "page.accepted" and climbs and climbs not in done:
                done.add(climbs)
                hospital.run("alert", "ack", f"A{climbs}", "--as", body["to"])
            if entry["kind"] == "drill.played" and inject not in done:
                done.add(inject)
                for act in (["called", "D1", inject], ["decide", "D1", inject, "isoler", "--by", "rssi"],
                            ["observe", "D1", inject, "done", "--note", "vu dans la salle"]):
                    # Not every inject is a call or a decision, and the last one may already have ended the exercise.
                    subprocess.run([hospital.vigie, "drill", *act, "--site", hospital.folder], capture_output=True)
            if entry["kind"] == "drill.ended":
                return True
        return False

    hospital.wait("the end of the exercise", over)


def attack(hospital, relay):
    """Real alerts: one that somebody has, a storm that nobody answers, one by hand; pages of every fate."""
    renames = filled("premier-exercice/renommages.log")
    hospital.write("fichiers.log", [line.replace("{{n:2}}", f"{n:02}") for n in range(60) for line in renames])
    [burst] = hospital.wait_for_alerts("ransomware.rename_burst", 2)[1:]
    hospital.run("alert", "ack", f"A{burst['id']}", "--as", "rssi")

    touch = filled("nuit-de-dimanche/leurre.log")[0]
    decoys = [touch.replace("10.20.4.17", f"10.20.4.{n}") for n in range(20, 26)]
    hospital.write("leurre.log", decoys)
    first = hospital.wait_for_alerts("deception.decoy_touched", 6)
    hospital.wait("their mails", lambda: not json.loads(hospital.run("status", "--json"))["owed_pages"])
    hospital.run("alert", "resolve", f"A{first[0]['id']}", "--as", "c-nunez")
    for person in ["b.leroy", "c.nunez"]:
        relay.treats[f"{person}@ch-valmont.example"] = "defer"
    hospital.write("leurre.log", [touch.replace("10.20.4.17", f"10.20.4.{n}") for n in range(26, 40)])
    hospital.wait("a storm", lambda: any(alert["others"] > 3 for alert in hospital.alerts()))

    relay.treats["garde@ch-valmont.example"] = "refuse"
    raised = ["alert", "raise", "Écrans bloqués aux urgences", "--as", "dr-morel", "--level", "critical"]
    hospital.run(*raised)
    by_hand = f"A{max(alert['id'] for alert in hospital.alerts())}"
    # As far as the declaration to the authority, and the letter on paper to the person who has to make it.
    for _ in range(3):
        hospital.run("alert", "escalate", by_hand)
    hospital.wait("two letters refused", lambda: sum(e["kind"] == "page.failed" for e in hospital.ledger()) == 2)
    hospital.wait("a letter on paper", lambda: any((hospital.folder / "spool/papier").iterdir()))
    hospital.run("alert", "ack", f"A{first[0]['id'] + 7}", "--as", "b-leroy")

    # Half of what three rules of windows need.
    hospital.write("annuaire.log", filled("nuit-de-dimanche/mots-de-passe.log")[:5])
    hospital.write("portail.log", filled("nuit-de-dimanche/portail.log")[:2])
    hospital.wait("windows", lambda: read_lines(hospital, "portail") == 2 and read_lines(hospital, "annuaire") == 5)


def read_lines(hospital, source):
    sources = json.loads(hospital.run("status", "--json"))["sources"]
    return next(known["lines"] for known in sources if known["name"] == source)


def cut_the_power(hospital, relay):
    """Kills the daemon in the middle of a second exercise, when its lines are in the log and nobody has read them, and
    while the relay has a letter and has not said so."""
    hospital.run("drill", "start", "premier-exercice", "--pace", "15")
    hospital.wait("the first call", lambda: any(
        e["kind"] == "drill.played" and e["realm"] == "D2" and e["body"]["inject"] == "appel-du-service"
        for e in hospital.ledger()))
    hospital.run("drill", "called", "D2", "appel-du-service")
    relay.treats["rssi@ch-valmont.example"] = "hold"
    hospital.run("alert", "raise", "Rançon affichée sur les écrans", "--as", "rssi", "--level", "critical")
    relay.held.wait(60)

    store = sqlite3.connect(hospital.folder / "state/vigie.db", isolation_level=None, timeout=5)
    log = hospital.folder / "logs/fichiers.log"
    marks = 0
    while True:
        # Whoever holds the store keeps the daemon from keeping what it reads, so it stays as if it had read nothing.
        store.execute("BEGIN IMMEDIATE")
        [text] = store.execute("SELECT state FROM drill WHERE id = 2").fetchone()
        labels = json.loads(text)["labels"]
        if labels["outstanding"] and labels["next"] > 12:
            break
        store.execute("ROLLBACK")
        time.sleep(0.002)
    hospital.wait("the lines in the log", lambda: log.read_text().count("#EXERCICE:D2:") == labels["next"])
    hospital.daemon.kill()
    hospital.daemon.wait()
    store.execute("ROLLBACK")
    # The last one to close it writes what stood beside the file into the file.
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def main():
    vigie, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    relay = Relay()
    hospital = Hospital(vigie, folder)
    play_to_the_end(hospital)
    attack(hospital, relay)
    cut_the_power(hospital, relay)
    kept = PROJECT / "tests/golden/valmont"
    shutil.rmtree(kept, ignore_errors=True)
    (kept / "state").mkdir(parents=True)
    for name in ["vigie.yaml", "people.yaml", "chains.yaml", "state/vigie.db", "state/key"]:
        shutil.copyfile(folder / name, kept / name)
    shutil.copytree(folder / "logs", kept / "logs")
    print(f"{kept}: {sum(path.stat().st_size for path in kept.rglob('*') if path.is_file())} bytes")


if __name__ == "__main__":
    main()

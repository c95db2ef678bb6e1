#!/usr/bin/env python3
"""Syslog from a followed file to what was found in it: vigie, with one rule and with its own pack, beside rsyslog and syslog-ng.

    benches/syslog.py [MEBIBYTES] [ROUNDS]

MEBIBYTES (1024) of syslog, of whose lines one in a hundred is a failed log-in, are appended at once to a log that each of
them follows, in turns. vigie keeps an alert and its hits on disk; the peers write the lines that hold "Failed password" to a
file. Measured is from the first byte to the last hit, with the processor time and the peak of resident memory of the daemon.

VIGIE names a program that is there already, else target/dist/vigie is taken. A peer that is not installed is left out.
"""

import asyncio, os, shutil, statistics, subprocess, sys, tempfile, time

from daemon import Sink, ask, peak, start, write_site
from logins import RULE, lines, processor, until

SIZE = int(sys.argv[1]) << 20 if len(sys.argv) > 1 else 1 << 30
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3

PART, IN_PART = lines()
PARTS = max(1, SIZE // len(PART))
LINES, WANTED = PARTS * 100_000, PARTS * IN_PART


def append(path):
    with open(path, "ab") as log:
        for _ in range(PARTS):
            log.write(PART)


async def by_vigie(folder, rules):
    sink = Sink()
    server = await asyncio.start_server(sink.talk, "127.0.0.1", 0, limit=1 << 20)
    write_site(folder, server.sockets[0].getsockname()[1], "  all: {when: {level: low}, steps: [{notify: ann, by: [mail], ack: 1h}]}\n")
    site = os.path.join(folder, "vigie.yaml")
    text = open(site).read().replace("format: json, logsource: {product: none}", "format: syslog")
    open(site, "w").write(text.replace("rules: [rules]", f"rules: [rules{rules}]"))
    with open(os.path.join(folder, "rules", "none", "a.yml"), "w") as rule:
        rule.write(RULE)
    process = await asyncio.to_thread(start, folder)
    try:
        before, began = processor(process), time.monotonic()
        await asyncio.to_thread(append, os.path.join(folder, "a.log"))
        while True:
            answer = await ask(folder, {"say": {"alerts": {"over": False}}})
            if sum(alert["hits"] for alert in answer["alerts"] if alert["rule"] == "none.a") >= WANTED:
                break
            await asyncio.sleep(0.05)
        return time.monotonic() - began, processor(process) - before, peak(process)
    finally:
        process.kill()
        process.wait()
        server.close()


RSYSLOG = """global(workDirectory="{0}")
module(load="imfile")
input(type="imfile" File="{0}/a.log" Tag="a" ruleset="found")
ruleset(name="found") {{
  if $msg contains "Failed password" then action(type="omfile" file="{0}/found.log")
}}
"""
SYSLOG_NG = """@version: 3.38
options {{ threaded(yes); }};
source a {{ file("{0}/a.log" follow-freq(1) log-iw-size(10000) log-fetch-limit(1000)); }};
filter failed {{ message("Failed password" type(string) flags(substring)); }};
destination found {{ file("{0}/found.log"); }};
log {{ source(a); filter(failed); destination(found); }};
"""


def by_peer(folder, settings, command):
    with open(os.path.join(folder, "settings"), "w") as file:
        file.write(settings.format(folder))
    log, found = os.path.join(folder, "a.log"), os.path.join(folder, "found.log")
    with open(log, "w") as file:
        file.write("Nov 29 00:00:00 srv-10 sshd[1]: Failed password for nobody\n")
    process = subprocess.Popen([word.format(folder) for word in command], stderr=subprocess.DEVNULL)
    try:
        count = lambda: open(found, "rb").read().count(b"\n") if os.path.exists(found) else 0
        until(lambda: count() >= 1, process)
        size = os.path.getsize(found)
        before, began = processor(process), time.monotonic()
        append(log)
        # Counting lines would cost the peer processor time: the size says when it is worth it.
        until(lambda: os.path.getsize(found) >= size * WANTED * 0.9 and count() > WANTED, process)
        return time.monotonic() - began, processor(process) - before, peak(process)
    finally:
        process.kill()
        process.wait()


CASES = {
    "vigie, one rule": lambda folder: asyncio.run(by_vigie(folder, "")),
    "vigie, its pack too": lambda folder: asyncio.run(by_vigie(folder, ", builtin:health")),
}
if shutil.which("rsyslogd", path="/usr/sbin:/usr/bin"):
    CASES["rsyslog"] = lambda folder: by_peer(folder, RSYSLOG, ["/usr/sbin/rsyslogd", "-n", "-f", "{0}/settings", "-i", "{0}/pid"])
if syslog_ng := os.environ.get("SYSLOG_NG") or shutil.which("syslog-ng", path="/usr/sbin:/usr/bin"):
    CASES["syslog-ng"] = lambda folder: by_peer(
        folder, SYSLOG_NG,
        [syslog_ng, "-F", "--no-caps", "-f", "{0}/settings", "-R", "{0}/persist", "-p", "{0}/pid", "-c", "{0}/control"])

print(f"{LINES:,} lines, {LINES // PARTS * PARTS * len(PART) // 100_000 >> 20} MiB, {WANTED:,} to be found")
results = {name: [] for name in CASES}
for _ in range(ROUNDS):
    for name, case in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            results[name].append(case(folder))
for name, rounds in results.items():
    wall, cpu, memory = (statistics.median(values) for values in zip(*rounds))
    print(f"{name:20} {LINES / wall:>10,.0f} lines/s  {LINES / cpu:>10,.0f} lines a second of processor  {memory:5.0f} MiB at most")

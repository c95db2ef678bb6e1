#!/usr/bin/env python3
"""Syslog over a network to what was found in it: vigie's listeners beside rsyslog's imtcp and imudp.

    benches/listen.py [LINES] [ROUNDS]

LINES (1,000,000) of syslog, of which one in a hundred is a failed log-in, go over one TCP connection of this machine as fast as
they are taken. Measured is from the first byte to the last hit, kept on disk by vigie, written to a file by rsyslog.

Over UDP, bursts of messages go out at a fixed rate for three seconds, each rate twice the one before, until the kernel drops
any because nobody took them in time: said is the rate at which that happens first, for both in turns. Where the sender
reaches its own limit, that is said instead.

VIGIE names a program that is there already, else target/dist/vigie is taken. rsyslog is left out where it is not installed.
"""

import asyncio, os, shutil, socket, statistics, subprocess, sys, tempfile, time

from daemon import Sink, ask, peak, start, write_site
from logins import RULE, lines, processor, until

WANTED_LINES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3
PARTS = max(1, WANTED_LINES // 100_000)
PART, IN_PART = lines()
LINES, WANTED = PARTS * 100_000, PARTS * IN_PART
MESSAGES = [b"<86>" + line for line in PART.splitlines()]
# Seconds that messages go out at one rate, and the rates, in messages a second.
LONG, RATES = 3, [12_500 << step for step in range(7)]


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Vigie:
    name = "vigie"

    def __init__(self, folder, way, port):
        self.folder, self.hits = folder, 0
        write_site(folder, free_port(socket.SOCK_STREAM), "  all: {when: {level: low}, steps: [{notify: ann, by: [mail], ack: 1h}]}\n")
        site = os.path.join(folder, "vigie.yaml")
        text = open(site).read()
        said = "{follow: a.log, format: json, logsource: {product: none}}"
        assert said in text
        open(site, "w").write(text.replace(said, f'{{listen: "{way}://127.0.0.1:{port}", format: syslog}}'))
        with open(os.path.join(folder, "rules", "none", "a.yml"), "w") as rule:
            rule.write(RULE)
        self.process = start(folder)

    def found(self):
        answer = asyncio.run(ask(self.folder, {"say": {"alerts": {"over": False}}}))
        return sum(alert["hits"] for alert in answer["alerts"] if alert["rule"] == "none.a")


class Rsyslog:
    name = "rsyslog"

    def __init__(self, folder, way, port):
        self.file = os.path.join(folder, "found.log")
        with open(os.path.join(folder, "settings"), "w") as settings:
            settings.write(f"""global(workDirectory="{folder}")
module(load="im{way}")
input(type="im{way}" address="127.0.0.1" port="{port}" ruleset="found")
ruleset(name="found") {{
  if $msg contains "Failed password" then action(type="omfile" file="{self.file}")
}}
""")
        self.process = subprocess.Popen(
            ["/usr/sbin/rsyslogd", "-n", "-f", f"{folder}/settings", "-i", f"{folder}/pid"], stderr=subprocess.DEVNULL)
        is_open = {"tcp": lambda: f":{port:04X} " in open("/proc/net/tcp").read(), "udp": lambda: row(port) is not None}[way]
        until(is_open, self.process)

    def found(self):
        return open(self.file, "rb").read().count(b"\n") if os.path.exists(self.file) else 0


def row(port):
    """What the kernel says of the UDP socket bound to a port."""
    for line in open("/proc/net/udp").read().splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(f":{port:04X}"):
            return fields
    return None


def stopped(peer):
    peer.process.kill()
    peer.process.wait()


def over_tcp(kind):
    """Seconds, processor seconds and MiB of one pass."""
    port = free_port(socket.SOCK_STREAM)
    body = b"\n".join(MESSAGES) + b"\n"
    with tempfile.TemporaryDirectory() as folder:
        peer = kind(folder, "tcp", port)
        try:
            before, began = processor(peer.process), time.monotonic()
            with socket.create_connection(("127.0.0.1", port)) as connection:
                for _ in range(PARTS):
                    connection.sendall(body)
                until(lambda: peer.found() >= WANTED, peer.process)
            return time.monotonic() - began, processor(peer.process) - before, peak(peer.process)
        finally:
            stopped(peer)


def over_udp(kind):
    """The first rate at which the kernel drops, or nothing, and the highest rate at which messages went out."""
    port, most = free_port(socket.SOCK_DGRAM), 0
    with tempfile.TemporaryDirectory() as folder:
        peer = kind(folder, "udp", port)
        try:
            for rate in RATES:
                reached = send(port, rate)
                most = max(most, reached)
                if int(row(port)[-1]):
                    return reached, most
                if reached < rate * 0.9:
                    break
                time.sleep(1)
            return None, most
        finally:
            stopped(peer)


def send(port, rate):
    """Sends at a rate, in bursts of a hundredth of a second, and says how many a second went out."""
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.connect(("127.0.0.1", port))
    burst, sent, began = rate // 100, 0, time.monotonic()
    for number in range(LONG * 100):
        for message in range(sent, sent + burst):
            sender.send(MESSAGES[message % len(MESSAGES)])
        sent += burst
        wait = began + (number + 1) / 100 - time.monotonic()
        if wait > 0:
            time.sleep(wait)
    sender.close()
    return sent / (time.monotonic() - began)


KINDS = [Vigie] + ([Rsyslog] if shutil.which("rsyslogd", path="/usr/sbin:/usr/bin") else [])
passes = {kind: [] for kind in KINDS}
for _ in range(ROUNDS):
    for kind in KINDS:
        passes[kind].append(over_tcp(kind))
for kind, rounds in passes.items():
    wall, cpu, memory = (statistics.median(values) for values in zip(*rounds))
    print(f"TCP  {kind.name:8} {LINES / wall:>10,.0f} lines/s  {LINES / cpu:>10,.0f} lines a second of processor  {memory:4.0f} MiB at most")
for _ in range(ROUNDS):
    for kind in KINDS:
        dropped, most = over_udp(kind)
        said = f"drops first at {dropped:,.0f} messages/s" if dropped else f"no drop at {most:,.0f} messages/s, all that this sender sends"
        print(f"UDP  {kind.name:8} {said}")

#!/usr/bin/env python3
"""Letters a second, and memory: many alerts raised at once, each a mail, through vigie's daemon and through Alertmanager.

    benches/letters.py [ALERTS] [ROUNDS]

Both send to the same sink on this machine, in turns: SMTP as RFC 5321 has it, nothing kept but how often each message came
and whether it says that it may be a repeat. Alerts share nothing and are raised by hand: vigie over its local socket, one
question each, kept before it is answered; Alertmanager over its API, 500 a call, each a group of its own, without a wait.
Measured is from the first question to the last mail, and the peak of resident memory of the daemon.

VIGIE names a program that is there already, else target/dist/vigie is taken. Alertmanager (Debian's prometheus-alertmanager)
is left out where it is not installed.
"""

import asyncio, json, os, shutil, socket, subprocess, sys, tempfile, time, urllib.request

from daemon import Sink, peak, raise_many, start, write_site

ALERTS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3
# Whoever has sent nothing for so long will send nothing more.
SILENCE = 30


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def raise_by_vigie(folder):
    await raise_many(folder, (f"Alert {number}" for number in range(ALERTS)), "high")


async def raise_by_alertmanager(port):
    def post(first):
        alerts = [{"labels": {"alertname": "raised", "number": str(number)}} for number in range(first, min(first + 500, ALERTS))]
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/v2/alerts", json.dumps(alerts).encode(), {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request).read()

    for first in range(0, ALERTS, 500):
        await asyncio.to_thread(post, first)


async def measure(begin, raise_all):
    """Letters a second, MiB, how many came, how many twice, how many say that they may be a repeat."""
    sink = Sink()
    server = await asyncio.start_server(sink.talk, "127.0.0.1", 0, limit=1 << 20)
    with tempfile.TemporaryDirectory() as folder:
        process, how = await asyncio.to_thread(begin, folder, server.sockets[0].getsockname()[1])
        try:
            began = sink.last = time.monotonic()
            raising = asyncio.create_task(raise_all(how))
            while len(sink.came) < ALERTS and time.monotonic() - sink.last < SILENCE:
                await asyncio.sleep(0.01)
            await raising
            took, memory = sink.last - began, peak(process)
            # Whatever comes once more comes soon.
            await asyncio.sleep(3)
        finally:
            process.kill()
            process.wait()
    server.close()
    doubles = sum(count - 1 for count in sink.came.values())
    return len(sink.came) / took, memory, len(sink.came), doubles, sink.repeats


def start_vigie(folder, port):
    write_site(folder, port, "  all: {levels: [low, medium, high, critical], steps: [{notify: ann, by: mail, answer_within: 1h}]}\n")
    return start(folder), folder


def start_alertmanager(folder, port):
    with open(os.path.join(folder, "am.yml"), "w") as file:
        file.write(f"""global: {{smtp_smarthost: '127.0.0.1:{port}', smtp_from: am@letters.example, smtp_require_tls: false}}
route: {{receiver: mail, group_by: ['...'], group_wait: 0s, group_interval: 5m, repeat_interval: 4h}}
receivers: [{{name: mail, email_configs: [{{to: ann@letters.example}}]}}]
""")
    listen = free_port()
    process = subprocess.Popen(
        ["prometheus-alertmanager", f"--config.file={folder}/am.yml", f"--storage.path={folder}/data",
         f"--web.listen-address=127.0.0.1:{listen}", "--cluster.listen-address="], stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{listen}/-/ready").read()
            return process, listen
        except OSError:
            time.sleep(0.05)
    raise SystemExit("Alertmanager does not start")


def shown(name, results):
    rates, memory = sorted(result[0] for result in results), max(result[1] for result in results)
    middle = rates[len(rates) // 2]
    print(f"{name:<14} {middle:8.0f} letters/s ({rates[0]:.0f}-{rates[-1]:.0f}), {memory:6.0f} MiB at most; "
          f"came {min(result[2] for result in results)}, twice {max(result[3] for result in results)}, "
          f"said to be a repeat {max(result[4] for result in results)}", flush=True)
    return middle


def main():
    peer = shutil.which("prometheus-alertmanager")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(asyncio.run(measure(start_vigie, raise_by_vigie)))
        if peer:
            theirs.append(asyncio.run(measure(start_alertmanager, raise_by_alertmanager)))
    rate = shown("vigie", ours)
    if peer:
        print(f"{rate / shown('Alertmanager', theirs):.1f} times as many letters a second")
    else:
        print("skipped: Alertmanager is not installed (apt-get install prometheus-alertmanager)")


if __name__ == "__main__":
    main()

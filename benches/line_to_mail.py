#!/usr/bin/env python3
"""How long it takes from a line in a log, or an alert that is posted, to its mail: vigie beside Alertmanager.

    benches/line_to_mail.py [LINES] [ROUNDS]

One line at a time is appended to a log that vigie follows; one alert at a time is posted to Alertmanager, which waits for
nothing (`group_wait: 0s`). Both send to the same sink on this machine, in turns. Measured is from just before the line or
the call to the end of the mail. vigie has read the line, matched it and kept alert, page and position on disk by then.

What is needed is as for `letters.py`.
"""

import asyncio, json, os, shutil, statistics, sys, tempfile, time, urllib.request

from daemon import Sink
from letters import start_alertmanager, start_vigie

LINES = int(sys.argv[1]) if len(sys.argv) > 1 else 100
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
# Longer than that, and it never comes.
PATIENCE = 10


async def append(folder, number):
    with open(os.path.join(folder, "a.log"), "a") as log:
        log.write(json.dumps({"a": "a", "user": f"u{number}"}) + "\n")


async def post(port, number):
    alerts = [{"labels": {"alertname": "raised", "number": str(number)}}]
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v2/alerts", json.dumps(alerts).encode(), {"Content-Type": "application/json"})
    await asyncio.to_thread(lambda: urllib.request.urlopen(request).read())


async def measure(start, cause):
    """Milliseconds, one for each mail."""
    sink, took = Sink(), []
    server = await asyncio.start_server(sink.talk, "127.0.0.1", 0, limit=1 << 20)
    with tempfile.TemporaryDirectory() as folder:
        process, how = await asyncio.to_thread(start, folder, server.sockets[0].getsockname()[1])
        try:
            for number in range(LINES):
                await asyncio.sleep(0.05)
                sink.came.clear()
                began = time.monotonic()
                await cause(how, number)
                while not sink.came and time.monotonic() - began < PATIENCE:
                    await asyncio.sleep(0.0002)
                assert sink.came, f"no mail of {number}"
                took.append((sink.last - began) * 1000)
        finally:
            process.kill()
            process.wait()
    server.close()
    return took


def shown(name, took):
    took = sorted(took)
    middle = statistics.median(took)
    print(f"{name:<14} p50 {middle:6.2f} ms, p95 {took[len(took) * 95 // 100]:6.2f} ms, {len(took)} mails", flush=True)
    return middle


def main():
    peer = shutil.which("prometheus-alertmanager")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours += asyncio.run(measure(start_vigie, append))
        if peer:
            theirs += asyncio.run(measure(start_alertmanager, post))
    middle = shown("vigie", ours)
    if peer:
        print(f"{middle / shown('Alertmanager', theirs):.2f} of its time")
    else:
        print("skipped: Alertmanager is not installed (apt-get install prometheus-alertmanager)")


if __name__ == "__main__":
    main()

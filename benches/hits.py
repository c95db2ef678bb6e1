#!/usr/bin/env python3
"""How long the daemon takes to count very many hits of one detection, and how much memory.

    benches/hits.py [HITS] [ROUNDS]

HITS lines (100,000) that one rule finds something in, all about one account, are appended to a followed log at once.
Measured is until `alert list` counts all of them, asked every 20 ms over the local socket, and the peak of resident memory.

VIGIE names a program that is there already, else target/dist/vigie is taken.
"""

import asyncio, os, sys, tempfile, time

from daemon import Sink, ask, peak, start, write_site

HITS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3


async def measure():
    sink = Sink()
    server = await asyncio.start_server(sink.talk, "127.0.0.1", 0, limit=1 << 20)
    with tempfile.TemporaryDirectory() as folder:
        port = server.sockets[0].getsockname()[1]
        write_site(folder, port, "  all: {when: {level: low}, steps: [{notify: ann, by: [mail], ack: 1h}]}\n")
        process = await asyncio.to_thread(start, folder)
        try:
            began = time.monotonic()
            with open(os.path.join(folder, "a.log"), "a") as log:
                log.write('{"a":"a","user":"mallory"}\n' * HITS)
            while True:
                answer = await ask(folder, {"say": {"alerts": {"over": False}}})
                alerts = answer["alerts"]
                if sum(alert["hits"] for alert in alerts) >= HITS:
                    break
                await asyncio.sleep(0.02)
            took, memory = time.monotonic() - began, peak(process)
        finally:
            process.kill()
            process.wait()
    server.close()
    return took, memory, len(alerts), len(sink.came)


results = [asyncio.run(measure()) for _ in range(ROUNDS)]
times = sorted(result[0] for result in results)
print(f"{HITS} hits: {times[len(times) // 2]:.2f} s ({times[0]:.2f}-{times[-1]:.2f}), "
      f"{max(result[1] for result in results):.0f} MiB at most; alerts {results[0][2]}, mails {results[0][3]}")

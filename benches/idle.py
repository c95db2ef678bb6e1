#!/usr/bin/env python3
"""What watching costs while nothing happens, and how soon what happens then is known.

    benches/idle.py [FILES] [TIMES]

FILES (10,000) logs lie in a followed folder and nothing is written to them. Measured are the processor time that vigie takes in
half a minute of that, its open files and its memory; then TIMES (20) the milliseconds from a first line in one of the old logs,
after seconds of silence, to its mail, and from a new log that appears with such a line.

VIGIE names a program that is there already, else target/dist/vigie is taken.
"""

import asyncio, json, os, statistics, sys, tempfile, time

from daemon import Sink, peak, start, write_site
from logins import processor

FILES = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
TIMES = int(sys.argv[2]) if len(sys.argv) > 2 else 20
# Seconds of watching, of silence before a line, and until a mail that never comes.
IDLE, SILENCE, PATIENCE = 30, 3, 30

CHAIN = "  all: {when: {level: low}, steps: [{notify: ann, by: [mail], ack: 1h}]}\n"


def said(number):
    return json.dumps({"a": "a", "user": f"u{number}"}) + "\n"


async def mailed(sink, write):
    """Milliseconds from just before `write` to the end of the mail."""
    await asyncio.sleep(SILENCE)
    sink.came.clear()
    began = time.monotonic()
    write()
    while not sink.came and time.monotonic() - began < PATIENCE:
        await asyncio.sleep(0.0002)
    assert sink.came, "no mail"
    return (sink.last - began) * 1000


async def main():
    sink = Sink()
    server = await asyncio.start_server(sink.talk, "127.0.0.1", 0, limit=1 << 20)
    with tempfile.TemporaryDirectory() as folder:
        write_site(folder, server.sockets[0].getsockname()[1], CHAIN)
        site, logs = os.path.join(folder, "vigie.yaml"), os.path.join(folder, "logs")
        text = open(site).read()
        assert "follow: a.log" in text
        open(site, "w").write(text.replace("follow: a.log", 'follow: "logs/*.log"'))
        os.mkdir(logs)
        for number in range(FILES):
            with open(os.path.join(logs, f"{number}.log"), "w") as log:
                log.write('{"b": "nothing"}\n')

        def append(name, number):
            with open(os.path.join(logs, f"{name}.log"), "a") as log:
                log.write(said(number))

        process = await asyncio.to_thread(start, folder)
        try:
            await asyncio.sleep(5)
            before = processor(process)
            await asyncio.sleep(IDLE)
            spent = processor(process) - before
            files = len(os.listdir(f"/proc/{process.pid}/fd"))
            print(f"{FILES:,} idle logs: {spent / IDLE * 100:.2f} % of a processor, {files} open files, {peak(process):.0f} MiB at most")
            first = [await mailed(sink, lambda: append(number, number)) for number in range(TIMES)]
            new = [await mailed(sink, lambda: append(f"new{number}", TIMES + number)) for number in range(TIMES)]
        finally:
            process.kill()
            process.wait()
    server.close()
    for what, took in ("the first line after silence", first), ("a new log", new):
        print(f"{what}: p50 {statistics.median(took):.1f} ms, at most {max(took):.1f} ms to its mail")


asyncio.run(main())

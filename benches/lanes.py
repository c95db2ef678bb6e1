#!/usr/bin/env python3
"""How soon the first message of a new attack leaves behind very many others: by mail, and by text message.

    benches/lanes.py [OTHERS]

OTHERS alerts (10,000) of a lesser level are raised by hand, each owed to one person by mail and by text message. The relay
takes 150 mails a second, the channel for text messages sends 12 a minute. Meanwhile five critical alerts are raised, one
every five seconds. Measured is from each question to its mail, and to its file in the spool.

VIGIE names a program that is there already, else target/dist/vigie is taken.
"""

import asyncio, glob, os, sys, tempfile, time

from daemon import Sink, peak, raise_many, start, write_site

OTHERS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
CRITICAL = [f"critical-{number}" for number in range(5)]
CHAINS = """  others: {when: {level: low}, steps: [{notify: ann, by: [mail+sms], ack: 1h}]}
  attacks: {when: {level: critical}, steps: [{notify: ann, by: [mail+sms], ack: 1h}]}
"""


def in_spool(folder):
    """Which of the critical alerts lie in the spool, as far as vigie writes there."""
    texts = (open(file, "rb").read().decode("utf-16", "replace") for file in glob.glob(os.path.join(folder, "spool", "OUT*")))
    return {word for text in texts for word in CRITICAL if word in text}


async def raise_critical(folder, asked, spooled):
    for word in CRITICAL:
        asked[word] = time.monotonic()
        await raise_many(folder, [word], "critical")
        end = asked[word] + 5
        while time.monotonic() < end:
            for found in in_spool(folder) - spooled.keys():
                spooled[found] = time.monotonic()
            await asyncio.sleep(0.05)


async def main():
    sink = Sink(rate=150)
    server = await asyncio.start_server(sink.talk, "127.0.0.1", 0, limit=1 << 20)
    with tempfile.TemporaryDirectory() as folder:
        spool = os.path.join(folder, "spool")
        os.makedirs(spool)
        port = server.sockets[0].getsockname()[1]
        write_site(folder, port, CHAINS, "  sms: {spool: spool, rate: 12/min}\n")
        process = await asyncio.to_thread(start, folder)
        try:
            await raise_many(folder, (f"Alert {number}" for number in range(OTHERS)), "high")
            before = len(sink.came)
            asked, spooled = {}, {}
            await raise_critical(folder, asked, spooled)
            behind = OTHERS - before
            memory = peak(process)
        finally:
            process.kill()
            process.wait()
    server.close()
    for name, when in [("mail", sink.when), ("text message", spooled)]:
        took = sorted(when[word] - asked[word] for word in CRITICAL if word in when)
        print(f"{name:<12} {len(took)} of {len(CRITICAL)} came, behind {behind if name == 'mail' else OTHERS} others: "
              f"{', '.join(f'{seconds:.2f}' for seconds in took)} s", flush=True)
    print(f"{memory:.0f} MiB at most; {sum(sink.came.values()) - len(sink.came)} mails came twice")


asyncio.run(main())

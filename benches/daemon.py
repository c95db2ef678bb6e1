"""What benchmarks of the daemon share: a relay that counts, a small site, the daemon itself, and questions to its socket."""

import asyncio, collections, json, os, re, subprocess, time

VIGIE = os.environ.get("VIGIE", "target/dist/vigie")
VERSION = int(re.search(r"VERSION: u32 = (\d+)", open("src/api/mod.rs").read()).group(1))

RULE = """title: A
id: 0a86f9f3-37f6-46bc-b065-e7d2cac78e11
status: test
description: A.
author: vigie
level: low
logsource: {product: none}
detection: {seen: {a: a}, condition: seen}
vigie: {subject: [user]}
"""


class Sink:
    """A relay that takes everything, at most so many a second where that is said."""

    def __init__(self, rate=None):
        self.came = collections.Counter()
        self.repeats = 0
        self.last = time.monotonic()
        self.pause = 1 / rate if rate else 0
        self.free = 0
        # When a message came first whose subject holds this.
        self.when = {}

    async def talk(self, reader, writer):
        try:
            await self.converse(reader, writer)
        except (asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError):
            # The daemon was killed at the end, or keeps its connection.
            pass

    async def converse(self, reader, writer):
        say = lambda text: writer.write(text + b"\r\n")
        say(b"220 sink")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                say(b"354 go on")
                head = (await reader.readuntil(b"\r\n\r\n")).decode("utf-8", "replace")
                while await reader.readline() != b".\r\n":
                    pass
                await self.breathe()
                self.note(head)
                say(b"250 2.0.0 queued")
            elif verb == b"QUIT":
                say(b"221 bye")
                break
            else:
                say(b"250 sink" if verb == b"EHLO" else b"250 ok")
        writer.close()

    async def breathe(self):
        if self.pause:
            self.free = max(self.free, time.monotonic()) + self.pause
            await asyncio.sleep(self.free - time.monotonic())

    def note(self, head):
        name = re.search(r"^Message-Id:\s*(\S+)", head, re.I | re.M)
        self.came[name.group(1) if name else len(self.came)] += 1
        self.repeats += "possible repeat" in head
        self.last = time.monotonic()
        for word in re.findall(r"critical-\d+", head):
            self.when.setdefault(word, self.last)


def peak(process):
    """The most memory that a process ever had, in MiB."""
    status = open(f"/proc/{process.pid}/status").read()
    return int(re.search(r"VmHWM:\s*(\d+)", status).group(1)) / 1024


def write_site(folder, port, chains, channels=""):
    """A site of one log and one rule, whose alerts share nothing, of one person who is told and one who raises alerts."""
    files = {
        "vigie.yaml": f"""site: {{name: Letters, language: en, zone: UTC}}
rules: [rules]
sources: {{a: {{follow: a.log, format: json, logsource: {{product: none}}}}}}
alerts: {{join_by: [], same_rule: 0s}}
channels:
  mail: {{smtp: "127.0.0.1:{port}", tls: none, from: vigie@letters.example, hello: letters.example}}
{channels}""",
        "people.yaml": """people:
  ann: {name: Ann, mail: ann@letters.example, sms: "+33600000001"}
  bob: {name: Bob, mail: bob@letters.example}
""",
        "chains.yaml": f"chains:\n{chains}",
        "a.log": "",
        "rules/none/a.yml": RULE,
    }
    os.makedirs(os.path.join(folder, "rules", "none"))
    for name, text in files.items():
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)


def start(folder):
    """The daemon, once it watches."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen([VIGIE, "run", folder], stdout=subprocess.PIPE, text=True, env=environment)
    for line in process.stdout:
        if line.strip() == "ready":
            # What it says goes nowhere, but somebody has to read it.
            subprocess.Popen(["cat"], stdin=process.stdout, stdout=subprocess.DEVNULL)
            return process
    raise SystemExit("vigie does not start")


async def ask(folder, what):
    reader, writer = await asyncio.open_unix_connection(os.path.join(folder, "state", "vigie.sock"), limit=1 << 28)
    writer.write(json.dumps({"version": VERSION, "ask": what}).encode() + b"\n")
    answer = await reader.readline()
    writer.close()
    return json.loads(answer)


async def raise_many(folder, titles, level):
    """Raises alerts by hand, 64 at a time; each is kept before it is answered."""
    titles = iter(titles)

    async def asker():
        for title in titles:
            answer = await ask(folder, {"do": {"raise": {"title": title, "level": level, "by": "bob"}}})
            assert "done" in json.dumps(answer), answer

    await asyncio.gather(*(asker() for _ in range(64)))

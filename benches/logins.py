"""What benchmarks of syslog share: lines as machines of a hospital write them, one failed log-in among a hundred, the rule that
finds it, and a look at a process."""

import os, random, time

RULE = """title: Failed log-in
id: 0a86f9f3-37f6-46bc-b065-e7d2cac78e12
status: test
description: A log-in failed.
author: vigie
level: low
logsource: {product: linux, service: sshd}
detection: {failed: {message|contains: Failed password}, condition: failed}
vigie: {subject: [user]}
"""

OTHERS = [
    "systemd[1]: Started Session {n} of user svc-backup.",
    "CRON[{pid}]: (root) CMD (/usr/local/bin/check_dicom --node pacs{d} --quiet)",
    "sshd[{pid}]: Accepted publickey for svc from 10.1.2.{o} port {pid} ssh2: RSA SHA256:abcdef{n}",
    "kernel: [{n}.{pid}] eth0: link becomes ready in {d} ms",
    "postfix/smtpd[{pid}]: connect from mail{d}.example.org[198.51.100.{o}]",
    "dhcpd[{pid}]: DHCPACK on 10.4.{d}.{o} to 00:16:3e:aa:{d}{d}:01 via eth1",
]
FAILED = "sshd[{pid}]: Failed password for invalid user admin from 203.0.113.{o} port {pid} ssh2"


def lines():
    """A mebibyte or so of lines, and how many of them are found."""
    chance, text, size, found = random.Random(7), [], 0, 0
    for number in range(100_000):
        failed = number % 100 == 99
        found += failed
        said = (FAILED if failed else chance.choice(OTHERS)).format(
            n=number, pid=chance.randint(1000, 65000), d=chance.randint(1, 9), o=chance.randint(1, 250))
        second = number // 100
        text.append(f"Nov 29 {second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02} srv-{chance.randint(10, 40)} {said}\n")
    return "".join(text).encode(), found


def processor(process):
    """Seconds of processor time that a process has had."""
    fields = open(f"/proc/{process.pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def until(holds, process):
    end = time.monotonic() + 300
    while not holds():
        if time.monotonic() > end or process.poll() is not None:
            raise SystemExit(f"{process.args[0]} does not do it")
        time.sleep(0.05)

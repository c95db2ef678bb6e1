//! A real relay for mail (aiosmtpd, from Debian's `python3-aiosmtpd`), which leaves each message, decoded, as a file.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const RELAY: &str = r#"
import asyncio, email, email.policy, pathlib, sys
from aiosmtpd.smtp import SMTP

folder = pathlib.Path(sys.argv[1])

class Handler:
    taken = 0

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.SMTP)
        head = "\n".join(f"{name}: {value}" for name, value in message.items())
        Handler.taken += 1
        (folder / str(Handler.taken)).write_text(head + "\n\n" + message.get_content(), "utf-8")
        return "250 2.0.0 Ok"

async def main():
    handler = Handler()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(handler, hostname="relay"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"#;

/// The relay, as long as it is wanted.
pub(crate) struct Mailbox {
    process: Child,
    pub(crate) port: u16,
}

impl Mailbox {
    /// Nothing, and a loud line, where the relay is not installed.
    pub(crate) fn open(folder: &Path) -> Option<Self> {
        // Debian's own Python has it, where another one comes first in the path.
        for python in ["/usr/bin/python3", "python3"] {
            let mut command = Command::new(python);
            command.args(["-W", "ignore", "-c", RELAY]).arg(folder).stdout(Stdio::piped()).stderr(Stdio::null());
            let Ok(mut process) = command.spawn() else { continue };
            let mut line = String::new();
            BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
            if let Ok(port) = line.trim().parse() {
                return Some(Self { process, port });
            }
            process.wait().unwrap();
        }
        writeln!(
            std::io::stderr().lock(),
            "skipped: mail, aiosmtpd is not installed (apt-get install python3-aiosmtpd)"
        )
        .unwrap();
        None
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

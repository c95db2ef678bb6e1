//! A real relay, and certificates made for one test.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use vigie::alert::channel::SecretPlace;

/// A real relay in a process of its own. Says each message it took as a line of JSON.
pub(crate) struct Relay {
    process: Child,
    says: BufReader<std::process::ChildStdout>,
    pub(crate) port: u16,
}

const RELAY: &str = r#"
import asyncio, email, email.policy, json, ssl, sys
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

mode, cert, key = sys.argv[1:4]
context = None
if mode != "plain":
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)

class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("inconnu@"):
            return "550 5.1.1 <%s> is not known here" % address
        if address.startswith("pleine@"):
            return "452 4.2.2 mailbox is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        content = envelope.original_content
        message = email.message_from_bytes(content, policy=email.policy.SMTP)
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "peer": str(session.peer),
            "encrypted": session.ssl is not None or mode == "wrapped",
            "login": session.auth_data is True,
            "headers": {name: str(value) for name, value in message.items()},
            "type": message.get_content_type() + " " + str(message.get_content_charset()),
            "body": message.get_content(),
            "ascii": content.isascii(),
        }), flush=True)
        return "250 2.0.0 Ok: queued as 4XyZ1"

def login(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"vigie", b"t0p secret")
    return AuthResult(success=right, handled=False, auth_data=right)

def connection():
    starttls = mode == "starttls"
    return SMTP(Handler(), hostname="relay.example", authenticator=login, auth_require_tls=starttls,
                tls_context=context if starttls else None, require_starttls=starttls)

async def main():
    wrapped = context if mode == "wrapped" else None
    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0, ssl=wrapped)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"#;

/// A Python that has aiosmtpd: Debian's own, where another one comes first in the path.
fn python() -> Option<&'static str> {
    let has = |python: &&str| {
        let mut command = Command::new(*python);
        command.args(["-c", "import aiosmtpd.smtp"]).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    ["/usr/bin/python3", "python3"].into_iter().find(has)
}

impl Relay {
    /// Nothing, and a loud line, where the relay is not installed.
    pub(crate) fn start(mode: &str, certificates: Option<&Certificates>) -> Option<Self> {
        let Some(python) = python() else {
            skipped("aiosmtpd is not installed (apt-get install python3-aiosmtpd)");
            return None;
        };
        let none = PathBuf::new();
        let (cert, key) = certificates.map_or((&none, &none), |own| (&own.cert, &own.key));
        let mut process = Command::new(python)
            .args(["-W", "ignore", "-c", RELAY, mode])
            .args([cert, key])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("python starts");
        let mut says = BufReader::new(process.stdout.take().expect("it was piped"));
        let mut line = String::new();
        says.read_line(&mut line).expect("the relay says its port");
        Some(Self { process, says, port: line.trim().parse().expect("a port") })
    }

    /// The next message it took.
    pub(crate) fn message(&mut self) -> serde_json::Value {
        let mut line = String::new();
        self.says.read_line(&mut line).expect("the relay says what it took");
        serde_json::from_str(&line).expect("JSON")
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// A certificate authority made for one test, and a certificate of it for `localhost`.
pub(crate) struct Certificates {
    folder: tempfile::TempDir,
    pub(crate) ca: PathBuf,
    pub(crate) cert: PathBuf,
    pub(crate) key: PathBuf,
}

impl Certificates {
    /// Nothing, and a loud line, where openssl is not installed.
    pub(crate) fn make() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("ext"), "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n").expect("a file");
        let steps = [
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority \
             -addext basicConstraints=critical,CA:TRUE -keyout ca.key -out ca.pem",
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout cert.key -out cert.csr",
            "x509 -req -in cert.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out cert.pem",
        ];
        if !steps.iter().all(|step| openssl(folder.path(), step)) {
            skipped("openssl is not installed");
            return None;
        }
        let (ca, cert, key) = (path("ca.pem"), path("cert.pem"), path("cert.key"));
        Some(Self { folder, ca, cert, key })
    }

    pub(crate) fn secret(&self, text: &str) -> SecretPlace {
        let path = self.folder.path().join(text.replace(' ', "-"));
        std::fs::write(&path, format!("{text}\n")).expect("a file");
        SecretPlace::File(path)
    }
}

fn openssl(folder: &Path, arguments: &str) -> bool {
    match Command::new("openssl").args(arguments.split_whitespace()).current_dir(folder).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            true
        }
        Err(_) => false,
    }
}

/// Says that a test looked at nothing. Past the test runner, which keeps to itself what a passing test prints.
fn skipped(why: &str) {
    use std::io::Write as _;
    writeln!(std::io::stderr(), "skipped: {why}").expect("standard error can be written");
}

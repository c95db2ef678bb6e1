//! The programs that hospitals really send with: rsyslog and syslog-ng, in every way they know. Where one is missing, that is
//! said aloud.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::hospital::{Hospital, wait};
use super::listening::{ATTEMPTS, failed_login, lines, listening};

/// Certificates of a hospital: an authority, what vigie shows, what its senders show.
pub(crate) struct Papers {
    folder: tempfile::TempDir,
}

impl Papers {
    /// Made with the machine's `openssl`, which every gate has.
    pub(crate) fn new() -> Self {
        let papers = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        let make = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=authority"];
        papers.openssl(&[&make[..], &["-keyout", "ca.key", "-out", "ca.pem"]].concat());
        for name in ["vigie", "sender"] {
            papers.certify(name);
        }
        papers
    }

    /// A certificate of the authority for `name`, new each time.
    pub(crate) fn certify(&self, name: &str) {
        let of = |ending: &str| format!("{name}.{ending}");
        let subject = format!("/CN={name}");
        let ask =
            ["req", "-newkey", "rsa:2048", "-nodes", "-subj", &subject, "-keyout", &of("key"), "-out", &of("csr")];
        self.openssl(&ask);
        std::fs::write(self.path("extensions"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n").expect("writable");
        let sign =
            ["x509", "-req", "-in", &of("csr"), "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2"];
        self.openssl(&[&sign[..], &["-extfile", "extensions", "-out", &of("pem")]].concat());
    }

    fn openssl(&self, arguments: &[&str]) {
        let made = Command::new("openssl").args(arguments).current_dir(self.folder.path()).output().expect("openssl");
        assert!(made.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&made.stderr));
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What stands in vigie.yaml.
    pub(crate) fn entry(&self) -> String {
        let [certificate, key, clients] = ["vigie.pem", "vigie.key", "ca.pem"].map(|name| self.path(name));
        let [certificate, key, clients] = [certificate.display(), key.display(), clients.display()];
        format!("tls: {{certificate: {certificate}, key: {key}, clients: {clients}}}")
    }
}

/// A program that sends; it ends with the test.
struct Sender(Child);

impl Drop for Sender {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn said(text: &str) {
    writeln!(std::io::stderr(), "skipped: {text}").expect("it can be said");
}

/// rsyslog with this action.
fn rsyslog(folder: &Path, papers: &Papers, action: &str) -> Option<Sender> {
    let shown = folder.display();
    let [ca, certificate, key] = ["ca.pem", "sender.pem", "sender.key"].map(|name| papers.path(name));
    let [ca, certificate, key] = [ca.display(), certificate.display(), key.display()];
    let settings = format!(
        "global(workDirectory=\"{shown}\" DefaultNetstreamDriverCAFile=\"{ca}\" \
         DefaultNetstreamDriverCertFile=\"{certificate}\" DefaultNetstreamDriverKeyFile=\"{key}\")\n\
         module(load=\"imfile\")\n\
         input(type=\"imfile\" File=\"{shown}/said.log\" Tag=\"sshd[77]:\" Facility=\"auth\" Severity=\"info\")\n\
         action(type=\"omfwd\" target=\"127.0.0.1\" action.resumeRetryCount=\"-1\" action.resumeInterval=\"1\" {action})\n"
    );
    let texts: String = (0..ATTEMPTS).map(|number| failed_login(number) + "\n").collect();
    std::fs::write(folder.join("said.log"), texts).expect("writable");
    std::fs::write(folder.join("rsyslog.conf"), settings).expect("writable");
    let mut program = Command::new("rsyslogd");
    program.arg("-n").arg("-f").arg(folder.join("rsyslog.conf")).arg("-i").arg(folder.join("pid"));
    program.stdout(Stdio::null()).spawn().map(Sender).map_err(|_| said("no rsyslogd (rsyslog) on this machine")).ok()
}

/// syslog-ng with this destination. Debian does not install it beside rsyslog: it may stand anywhere in the path.
fn syslog_ng(folder: &Path, destination: &str) -> Option<Sender> {
    let line = |number| format!("Nov 30 04:00:00 srv-fic01 sshd[77]: {}\n", failed_login(number));
    std::fs::write(folder.join("auth.log"), (0..ATTEMPTS).map(line).collect::<String>()).expect("writable");
    let settings = format!(
        "@version: 3.35\nsource s {{ file(\"{}\" follow-freq(1)); }};\ndestination d {{ {destination} }};\n\
         log {{ source(s); destination(d); }};\n",
        folder.join("auth.log").display()
    );
    std::fs::write(folder.join("ng.conf"), settings).expect("writable");
    let mut program = Command::new("syslog-ng");
    program.args(["-F", "--no-caps", "-f"]).arg(folder.join("ng.conf"));
    for (option, name) in [("-p", "ng.pid"), ("-R", "ng.persist"), ("-c", "ng.ctl")] {
        program.arg(option).arg(folder.join(name));
    }
    program.stdout(Stdio::null()).spawn().map(Sender).map_err(|_| said("no syslog-ng in the path of this machine")).ok()
}

/// A hospital that listens, with certificates where it encrypts.
fn hospital(kind: &str, papers: &Papers) -> (Hospital, u16) {
    let (hospital, port) = listening(kind);
    if kind == "tls" {
        hospital.edit("vigie.yaml", "format: syslog}", &format!("format: syslog, {}}}", papers.entry()));
    }
    (hospital, port)
}

/// Waits until everything came, once, and somebody was told.
fn delivered(hospital: &Hospital, what: &str) {
    wait(what, || (lines(hospital) >= u64::from(ATTEMPTS)).then_some(()));
    wait("the alert", || hospital.vigie(&["alert", "list"]).1.contains("203.0.113.9").then_some(()));
    assert_eq!(lines(hospital), u64::from(ATTEMPTS), "{what}");
    hospital.ledger_is_whole();
}

#[test]
fn rsyslog_delivers_over_udp_tcp_and_tls() {
    let papers = Papers::new();
    let encrypted = "StreamDriver=\"ossl\" StreamDriverMode=\"1\" StreamDriverAuthMode=\"x509/certvalid\"";
    for (kind, options) in [
        ("udp", "protocol=\"udp\"".to_owned()),
        ("tcp", "protocol=\"tcp\" TCP_Framing=\"traditional\"".to_owned()),
        (
            "tcp",
            "protocol=\"tcp\" TCP_Framing=\"octet-counted\" template=\"RSYSLOG_SyslogProtocol23Format\"".to_owned(),
        ),
        ("tls", format!("protocol=\"tcp\" TCP_Framing=\"octet-counted\" {encrypted}")),
    ] {
        let (mut hospital, port) = hospital(kind, &papers);
        hospital.start();
        let folder = tempfile::tempdir().unwrap();
        let Some(_sender) = rsyslog(folder.path(), &papers, &format!("port=\"{port}\" {options}")) else { return };
        delivered(&hospital, &format!("rsyslog {options}"));
    }
}

#[test]
fn syslog_ng_delivers_over_udp_tcp_and_tls() {
    let papers = Papers::new();
    let [ca, certificate, key] = ["ca.pem", "sender.pem", "sender.key"].map(|name| papers.path(name));
    let [ca, certificate, key] = [ca.display(), certificate.display(), key.display()];
    let encrypted = format!(
        "tls(ca-file(\"{ca}\") cert-file(\"{certificate}\") key-file(\"{key}\") peer-verify(required-trusted))"
    );
    for (kind, way) in [
        ("udp", "network(\"127.0.0.1\" port(PORT) transport(\"udp\"));".to_owned()),
        ("tcp", "network(\"127.0.0.1\" port(PORT) transport(\"tcp\"));".to_owned()),
        ("tcp", "syslog(\"127.0.0.1\" port(PORT) transport(\"tcp\"));".to_owned()),
        ("tls", format!("syslog(\"127.0.0.1\" port(PORT) transport(\"tls\") {encrypted});")),
    ] {
        let (mut hospital, port) = hospital(kind, &papers);
        hospital.start();
        let folder = tempfile::tempdir().unwrap();
        let Some(_sender) = syslog_ng(folder.path(), &way.replace("PORT", &port.to_string())) else { return };
        delivered(&hospital, &format!("syslog-ng {way}"));
    }
}

#[test]
fn whoever_shows_no_certificate_is_refused_and_that_is_said_and_a_renewed_one_is_taken_up() {
    let papers = Papers::new();
    let (mut hospital, port) = hospital("tls", &papers);
    hospital.start();
    let send = |arguments: &[&str]| {
        let mut client = Command::new("openssl");
        client.args(["s_client", "-quiet", "-no_ign_eof", "-connect", &format!("127.0.0.1:{port}")]).args(arguments);
        let piped = client.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut client = piped.spawn().expect("openssl");
        let message = "<13>Nov 30 04:00:00 srv-fic01 app: hello";
        write!(client.stdin.take().expect("piped"), "{} {message}", message.len()).ok();
        let ended = client.wait_with_output().expect("it ends");
        String::from_utf8_lossy(&ended.stderr).into_owned()
    };
    send(&[]);
    wait("the refusal", || {
        let troubles = hospital.entries("source.trouble");
        troubles.iter().any(|entry| entry.to_string().contains("127.0.0.1")).then_some(())
    });
    assert_eq!(lines(&hospital), 0);
    let own = ["sender.pem", "sender.key", "ca.pem"].map(|name| papers.path(name).display().to_string());
    let with_papers = ["-cert", &own[0], "-key", &own[1], "-CAfile", &own[2], "-verify_return_error"];
    send(&with_papers);
    wait("its message", || (lines(&hospital) == 1).then_some(()));
    let shown = |before: &str| {
        let told = Command::new("openssl")
            .args(["s_client", "-connect", &format!("127.0.0.1:{port}")])
            .args(with_papers)
            .stdin(Stdio::null())
            .output()
            .expect("openssl");
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        let start = told.find("-----BEGIN").map_or(0, |start| start);
        let certificate = told[start..].split("-----END").next().unwrap_or_default().to_owned();
        (certificate != before).then_some(certificate)
    };
    let first = wait("a certificate", || shown(""));
    papers.certify("vigie");
    wait("the new certificate", || shown(&first));
}

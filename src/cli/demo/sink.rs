//! A mail server for the demonstration: a real SMTP session (RFC 5321) on this machine, whose mailbox is a folder.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// The mailbox.
#[derive(Debug, Clone)]
pub(super) struct Sink {
    folder: PathBuf,
    delivered: Arc<AtomicUsize>,
}

impl Sink {
    /// A mailbox in `folder`.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, delivered: Arc::default() }
    }

    /// How many messages were delivered so far.
    pub(super) fn delivered(&self) -> usize {
        self.delivered.load(Ordering::SeqCst)
    }

    /// Takes mail until told to stop.
    pub(super) async fn serve(self, listener: TcpListener, stop: CancellationToken) {
        let sessions = TaskTracker::new();
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                accepted = listener.accept() => {
                    if let Ok((stream, _)) = accepted {
                        let sink = self.clone();
                        // A session that breaks off costs only itself: its sender tries again.
                        sessions.spawn(async move { drop(sink.session(stream).await) });
                    }
                }
            }
        }
    }

    async fn session(&self, stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut recipient = String::new();
        write.write_all(b"220 valmont.example SMTP\r\n").await?;
        while let Some(line) = lines.next_line().await? {
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            let answer = match verb.as_str() {
                "EHLO" | "HELO" => "250 valmont.example",
                "MAIL" | "NOOP" => "250 OK",
                "RSET" => {
                    recipient.clear();
                    "250 OK"
                }
                "RCPT" => {
                    line.split(['<', '>']).nth(1).unwrap_or_default().clone_into(&mut recipient);
                    "250 OK"
                }
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await?;
                    self.keep(&recipient, &message(&mut lines).await?)?;
                    "250 delivered"
                }
                "QUIT" => {
                    write.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => "502 not known here",
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(())
    }

    fn keep(&self, to: &str, text: &str) -> std::io::Result<()> {
        let number = self.delivered.fetch_add(1, Ordering::SeqCst) + 1;
        std::fs::write(self.folder.join(format!("{number:02}-{to}.eml")), text)
    }
}

/// What stands before the dot. Without it nothing was handed over (RFC 5321, section 4.1.1.4).
async fn message(lines: &mut Lines<impl AsyncBufRead + Unpin>) -> std::io::Result<String> {
    let mut text = String::new();
    while let Some(line) = lines.next_line().await? {
        if line == "." {
            return Ok(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
        text.push('\n');
    }
    Err(std::io::ErrorKind::UnexpectedEof.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_what_stands_before_the_dot_is_a_message() {
        assert_eq!(message(&mut b"a\r\n..b\r\n.\r\n".lines()).await.unwrap(), "a\n.b\n");
        for cut in [&b""[..], b"a\r\n", b"a\r\n..\r\n"] {
            assert!(message(&mut cut.lines()).await.is_err(), "{cut:?}");
        }
    }
}

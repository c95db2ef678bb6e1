//! Mail through the hospital's relay. The only file that names lettre.
//!
//! lettre builds the message and speaks the protocol; the connection is made here, so that every step has a time limit
//! (a server that accepts and never greets would hold lettre's own transport for ever), so that messages do not wait
//! for each other's acknowledgements on the wire, and so that it is known on which side of the final dot a connection
//! broke: before it the message was surely not taken, after it nobody knows.

mod settings;

use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address as Mailbox822, Message};
use tokio::net::TcpStream;
use tokio::time::timeout;

pub use self::settings::{NotAServer, Server, Settings, Timeouts, Tls};
use super::OpenError;
use super::receipt::Receipt;
use crate::alert::page::{Address, Letter};

/// How many connections are kept open between messages.
const KEPT: usize = 4;
/// How many messages one connection carries: relays refuse more than about a hundred.
const MESSAGES: u32 = 50;

/// A relay, ready.
pub struct Mail {
    server: Server,
    tls: Tls,
    encryption: Option<TlsParameters>,
    from: Mailbox,
    login: Option<Credentials>,
    timeouts: Timeouts,
    hello: ClientId,
    idle: Mutex<Vec<Connection>>,
}

impl fmt::Debug for Mail {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Mail({}, {:?})", self.server, self.tls)
    }
}

struct Connection {
    smtp: AsyncSmtpConnection,
    /// How many messages it carried.
    carried: u32,
}

/// A step that did not work.
struct Trouble {
    reason: String,
    /// What the server answered, where it did: for ever (5xx), or for now (4xx).
    answer: Option<Answer>,
}

#[derive(PartialEq, Eq)]
enum Answer {
    ForNow,
    ForEver,
}

impl Mail {
    pub(super) fn open(settings: &Settings) -> Result<Self, OpenError> {
        let Settings { smtp, tls, ca, from, username, password, timeouts } = settings;
        if *tls == Tls::None && !smtp.is_this_machine() {
            return Err(OpenError::InClear(smtp.host.clone()));
        }
        let login = match (username, password) {
            (Some(name), Some(place)) => Some(Credentials::new(name.clone(), place.fetch()?.reveal().to_owned())),
            (None, None) => None,
            _ => return Err(OpenError::HalfLogin),
        };
        let encryption = match tls {
            Tls::None => None,
            Tls::Required | Tls::Wrapped => Some(encryption(&smtp.host, ca.as_ref())?),
        };
        Ok(Self {
            server: smtp.clone(),
            tls: *tls,
            encryption,
            from: from.parse().map_err(|_| OpenError::NotAnAddress(from.clone()))?,
            login,
            timeouts: *timeouts,
            hello: ClientId::default(),
            idle: Mutex::default(),
        })
    }

    pub(super) async fn send(&self, letter: &Letter) -> Receipt {
        let Address::Mail(to) = letter.address() else {
            return Receipt::refused("mail needs a mail address");
        };
        let Some(to) = to.parse::<Mailbox822>().ok().filter(|to| to.user().is_ascii() && to.domain().is_ascii()) else {
            return Receipt::refused("this is not a mail address");
        };
        let message = match self.message(letter, to.clone()) {
            Ok(message) => message.formatted(),
            Err(error) => return Receipt::refused(&format!("the message cannot be built: {error}")),
        };
        let connection = match self.announce(&to).await {
            Ok(connection) => connection,
            Err(receipt) => return receipt,
        };
        self.hand_over(connection, &message).await
    }

    fn message(&self, letter: &Letter, to: Mailbox822) -> Result<Message, lettre::error::Error> {
        let header = |name, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned());
        let id = format!("<{}@{}>", letter.message_id(), self.from.email.domain());
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject())
            .date(letter.written().timestamp().into())
            .message_id(Some(id))
            // No machine should answer (RFC 3834; the second is what Exchange listens to).
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"))
            .raw_header(header("X-Priority", "1"))
            .raw_header(header("Importance", "high"))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body().to_owned())
    }

    /// Says who writes and to whom, on a kept connection or a new one. Up to here nothing was sent that anybody could
    /// read, so that every trouble is either final or harmless.
    async fn announce(&self, to: &Mailbox822) -> Result<Connection, Receipt> {
        if let Some(mut connection) = self.kept() {
            match self.envelope(&mut connection, to, self.timeouts.connect).await {
                Ok(()) => return Ok(connection),
                Err(trouble) if trouble.answer == Some(Answer::ForEver) => return Err(self.receipt(&trouble)),
                // It was closed meanwhile, or the relay wants no more on this one: a new connection tells.
                Err(_) => {}
            }
        }
        // What goes wrong before the envelope says nothing about the letter: never final.
        let mut connection = self.connect().await.map_err(|trouble| Receipt::retry(&self.at(&trouble.reason)))?;
        match self.envelope(&mut connection, to, self.timeouts.command).await {
            Ok(()) => Ok(connection),
            Err(trouble) => Err(self.receipt(&trouble)),
        }
    }

    async fn envelope(&self, connection: &mut Connection, to: &Mailbox822, limit: Duration) -> Result<(), Trouble> {
        let smtp = &mut connection.smtp;
        let from = MailFrom::new(Some(self.from.email.clone()), vec![]);
        answered(limit, "the sender", smtp.command(from)).await?;
        answered(limit, "the recipient", smtp.command(Rcpt::new(to.clone(), vec![]))).await?;
        answered(limit, "the message", smtp.command(Data)).await?;
        Ok(())
    }

    /// Hands the message over: text, final dot, and the answer that makes the relay responsible for it.
    async fn hand_over(&self, mut connection: Connection, message: &[u8]) -> Receipt {
        match answered(self.timeouts.command, "the end of the message", connection.smtp.message(message)).await {
            Ok(response) => {
                let said = response.message().collect::<Vec<_>>().join(" ");
                connection.carried += 1;
                self.keep(connection);
                Receipt::accepted(&format!("{} {said}", response.code()))
            }
            Err(trouble) if trouble.answer.is_some() => self.receipt(&trouble),
            Err(trouble) => Receipt::unclear(&self.at(&trouble.reason)),
        }
    }

    async fn connect(&self) -> Result<Connection, Trouble> {
        let mut smtp = match (self.tls, &self.encryption) {
            (Tls::Wrapped, Some(encryption)) => self.wrapped(encryption).await?,
            (Tls::Required, Some(encryption)) => self.upgraded(encryption).await?,
            _ => self.greeted().await?,
        };
        if let Some(login) = &self.login {
            answered(self.timeouts.command, "the login", smtp.auth(DEFAULT_MECHANISMS, login)).await?;
        }
        Ok(Connection { smtp, carried: 0 })
    }

    /// A connection on which the server has greeted.
    async fn greeted(&self) -> Result<AsyncSmtpConnection, Trouble> {
        let connecting = TcpStream::connect((self.server.host.as_str(), self.server.port));
        let stream = match timeout(self.timeouts.connect, connecting).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return Err(Trouble::silent(format!("cannot connect: {error}"))),
            Err(_) => return Err(Trouble::silent("cannot connect: no answer in time".to_owned())),
        };
        // A name that means this machine in one file may mean another one in the next.
        let near = stream.peer_addr().is_ok_and(|peer| peer.ip().is_loopback());
        if self.tls == Tls::None && !near {
            return Err(Trouble::silent("not this machine, and mail would leave in clear".to_owned()));
        }
        // Without this, each command waits some 40 ms for the acknowledgement of the one before.
        if let Err(error) = stream.set_nodelay(true) {
            return Err(Trouble::silent(format!("cannot connect: {error}")));
        }
        answered(
            self.timeouts.command,
            "the greeting",
            AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.hello),
        )
        .await
    }

    async fn upgraded(&self, encryption: &TlsParameters) -> Result<AsyncSmtpConnection, Trouble> {
        let mut smtp = self.greeted().await?;
        if !smtp.can_starttls() {
            return Err(Trouble::silent("no STARTTLS is offered, and mail would leave in clear".to_owned()));
        }
        answered(self.timeouts.command, "STARTTLS", smtp.starttls(encryption.clone(), &self.hello)).await?;
        Ok(smtp)
    }

    async fn wrapped(&self, encryption: &TlsParameters) -> Result<AsyncSmtpConnection, Trouble> {
        let place = (self.server.host.clone(), self.server.port);
        let limit = Some(self.timeouts.connect);
        let connecting = AsyncSmtpConnection::connect_tokio1(place, limit, &self.hello, Some(encryption.clone()), None);
        answered(self.timeouts.command, "the greeting", connecting).await
    }

    /// What a trouble means that concerns this letter and came before anything was handed over, or with an answer.
    fn receipt(&self, trouble: &Trouble) -> Receipt {
        let reason = self.at(&trouble.reason);
        match trouble.answer {
            Some(Answer::ForEver) => Receipt::refused(&reason),
            Some(Answer::ForNow) | None => Receipt::retry(&reason),
        }
    }

    fn at(&self, reason: &str) -> String {
        format!("{}: {reason}", self.server)
    }

    fn kept(&self) -> Option<Connection> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn keep(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if connection.carried < MESSAGES && idle.len() < KEPT {
            idle.push(connection);
        }
    }
}

impl Trouble {
    /// A trouble in which the server said nothing about it.
    fn silent(reason: String) -> Self {
        Self { reason, answer: None }
    }
}

/// Waits for an answer, but not for ever.
async fn answered<T>(
    limit: Duration,
    what: &str,
    step: impl Future<Output = Result<T, SmtpError>>,
) -> Result<T, Trouble> {
    let error = match timeout(limit, step).await {
        Ok(Ok(answer)) => return Ok(answer),
        Ok(Err(error)) => error,
        Err(_) => return Err(Trouble::silent(format!("at {what}: no answer in time"))),
    };
    let answer = if error.is_permanent() {
        Some(Answer::ForEver)
    } else if error.is_transient() {
        Some(Answer::ForNow)
    } else {
        None
    };
    Err(Trouble { reason: format!("at {what}: {error}"), answer })
}

fn encryption(host: &str, ca: Option<&PathBuf>) -> Result<TlsParameters, OpenError> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(path) = ca {
        let pem = std::fs::read(path).map_err(|source| OpenError::Unreadable { path: path.clone(), source })?;
        let no_certificate = |reason| OpenError::NoCertificate { path: path.clone(), reason };
        if !String::from_utf8_lossy(&pem).contains("-----BEGIN CERTIFICATE-----") {
            return Err(no_certificate("none found".to_owned()));
        }
        builder = builder
            .add_root_certificate(Certificate::from_pem(&pem).map_err(|error| no_certificate(error.to_string()))?);
    }
    builder.build().map_err(|error| OpenError::Tls { host: host.to_owned(), reason: error.to_string() })
}

#[cfg(test)]
mod tests;

//! Mail through the hospital's relay. Only this folder names lettre and rustls.
//!
//! lettre builds the message and speaks the protocol; the connection is made here, so that every step has a time limit
//! (a server that accepts and never greets would hold lettre's own transport for ever), so that messages do not wait
//! for each other's acknowledgements on the wire, so that nothing counts that was said before it was asked, and so that
//! it is known on which side of the final dot a connection broke: before it the message was surely not taken, after it
//! nobody knows.

mod encryption;
mod login;
mod refusal;
mod relay;
mod settings;
mod trouble;
mod turns;
mod written;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::response::Severity::{PositiveCompletion, PositiveIntermediate};
use lettre::{Address as Mailbox822, Message};

use self::login::Login;
use self::refusal::Refusal;
use self::relay::Relay;
pub use self::settings::{NotAServer, Server, Settings, Timeouts, Tls};
use self::trouble::{Step, Trouble, agreed};
pub use self::written::Written;
pub(super) use self::written::address;
use super::OpenError;
use super::kind::Follow;
use super::receipt::Receipt;
use crate::alert::page::{Address, Letter};
use crate::base::language::Text;
use crate::words::receipt as words;

/// How many connections are kept open between messages.
const KEPT: usize = 4;
/// How many messages one connection carries: relays refuse more than about a hundred.
const MESSAGES: u32 = 50;

/// A relay, ready.
pub struct Mail {
    relay: Relay,
    from: Mailbox,
    login: Option<Login>,
    idle: Mutex<Vec<Connection>>,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Mail({:?})", self.relay)
    }
}

struct Connection {
    smtp: AsyncSmtpConnection,
    /// How many messages it carried.
    carried: u32,
}

impl Follow for Mail {}

impl Mail {
    pub(super) fn open(settings: &Settings) -> Result<Self, OpenError> {
        let relay = Relay::open(settings)?;
        let login = Login::open(settings)?;
        let from = settings.from.parse().map_err(|_| OpenError::NotAnAddress(settings.from.clone()))?;
        Ok(Self { relay, from, login, idle: Mutex::default() })
    }

    pub(super) async fn send(&self, letter: &Letter) -> Receipt {
        let Address::Mail(to) = letter.address() else {
            return Receipt::refused(words::no_mail_address());
        };
        let Some(to) = to.parse::<Mailbox822>().ok().filter(|to| to.user().is_ascii() && to.domain().is_ascii()) else {
            return Receipt::refused(words::bad_mail_address());
        };
        let message = match self.message(letter, to.clone()) {
            Ok(message) => message.formatted(),
            Err(error) => return Receipt::refused(words::not_built(error)),
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
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body().to_owned())
    }

    /// Says who writes and to whom, on a kept connection or a new one. Up to here nothing was sent that anybody could
    /// read, so that every trouble is either final or harmless.
    async fn announce(&self, to: &Mailbox822) -> Result<Connection, Receipt> {
        let Timeouts { connect, command, data, .. } = self.relay.timeouts;
        if let Some(mut connection) = self.kept() {
            match self.envelope(&mut connection, to, (connect, connect)).await {
                Ok(()) => return Ok(connection),
                Err(trouble) if trouble.refusal == Some(Refusal::RecipientForGood) => {
                    return Err(self.receipt(&trouble));
                }
                // It was closed meanwhile, or the relay wants no more on this one: a new connection tells.
                Err(_) => {}
            }
        }
        // What goes wrong before the envelope says nothing about the letter: never final.
        let mut connection = self.connect().await.map_err(|trouble| Receipt::retry(self.at(&trouble.reason)))?;
        match self.envelope(&mut connection, to, (command, data)).await {
            Ok(()) => Ok(connection),
            Err(trouble) => Err(self.receipt(&trouble)),
        }
    }

    async fn envelope(
        &self,
        connection: &mut Connection,
        to: &Mailbox822,
        (limit, data): (Duration, Duration),
    ) -> Result<(), Trouble> {
        let smtp = &mut connection.smtp;
        let from = MailFrom::new(Some(self.from.email.clone()), vec![]);
        agreed(limit, Step::Sender, PositiveCompletion, smtp.command(from)).await?;
        agreed(limit, Step::Recipient, PositiveCompletion, smtp.command(Rcpt::new(to.clone(), vec![]))).await?;
        agreed(data, Step::Message, PositiveIntermediate, smtp.command(Data)).await?;
        Ok(())
    }

    /// Hands the message over: text, final dot, and the answer that makes the relay responsible for it.
    async fn hand_over(&self, mut connection: Connection, message: &[u8]) -> Receipt {
        let handing = connection.smtp.message(message);
        match agreed(self.relay.timeouts.end, Step::End, PositiveCompletion, handing).await {
            Ok(response) => {
                let said = response.message().collect::<Vec<_>>().join(" ");
                connection.carried += 1;
                self.keep(connection);
                Receipt::accepted(Text::quoted(&format!("{} {said}", response.code())))
            }
            Err(trouble) if trouble.refusal.is_some() => self.receipt(&trouble),
            Err(trouble) => Receipt::unclear(self.at(&trouble.reason)),
        }
    }

    async fn connect(&self) -> Result<Connection, Trouble> {
        let mut smtp = self.relay.connect().await?;
        if let Some(login) = &self.login {
            let credentials = login.credentials(self.relay.timeouts.handshake).await?;
            let authentication = smtp.auth(login.mechanisms, &credentials);
            agreed(self.relay.timeouts.command, Step::Login, PositiveCompletion, authentication).await?;
        }
        Ok(Connection { smtp, carried: 0 })
    }

    /// What a trouble means that concerns this letter and came before anything was handed over, or with an answer.
    fn receipt(&self, trouble: &Trouble) -> Receipt {
        let reason = self.at(&trouble.reason);
        match trouble.refusal {
            Some(Refusal::RecipientForGood) => Receipt::refused(reason),
            Some(Refusal::RecipientForNow) => Receipt::postponed(reason),
            Some(Refusal::Channel) | None => Receipt::retry(reason),
        }
    }

    fn at(&self, reason: &Text) -> Text {
        words::at(&self.relay.server, reason)
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

#[cfg(test)]
mod tests;

//! A step of a conversation with a relay that did not work, and what it says about the letter.

use std::error::Error as _;
use std::future::Future;
use std::io;
use std::time::Duration;

use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::response::{Response, Severity};
use tokio::time::timeout;

use super::refusal::{self, Refusal};
use crate::base::language::Text;
use crate::words::failure;
use crate::words::receipt as words;

/// A step of a conversation with a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Greeting,
    Starttls,
    Login,
    Sender,
    Recipient,
    Message,
    End,
}

impl Step {
    #[cfg(test)]
    pub(super) const ALL: [Self; 7] =
        [Self::Greeting, Self::Starttls, Self::Login, Self::Sender, Self::Recipient, Self::Message, Self::End];

    fn said(self) -> Text {
        match self {
            Self::Greeting => words::greeting(),
            Self::Starttls => words::starttls(),
            Self::Login => words::login(),
            Self::Sender => words::sender(),
            Self::Recipient => words::recipient(),
            Self::Message => words::message(),
            Self::End => words::end(),
        }
    }

    /// Whether the relay was told by then to whom the message goes.
    pub(super) fn knows_recipient(self) -> bool {
        matches!(self, Self::Recipient | Self::Message | Self::End)
    }
}

/// A step that did not work.
#[derive(Debug)]
pub(super) struct Trouble {
    pub(super) reason: Text,
    /// What the relay refused, where it answered.
    pub(super) refusal: Option<Refusal>,
}

impl Trouble {
    /// A trouble in which the server said nothing about it.
    pub(super) fn silent(reason: Text) -> Self {
        Self { reason, refusal: None }
    }
}

/// Waits for an answer, but not for ever.
pub(super) async fn answered<T>(
    limit: Duration,
    step: Step,
    answering: impl Future<Output = Result<T, SmtpError>>,
) -> Result<T, Trouble> {
    let error = match timeout(limit, answering).await {
        Ok(Ok(answer)) => return Ok(answer),
        Ok(Err(error)) => error,
        Err(_) => return Err(Trouble::silent(words::at(step.said(), failure::late()))),
    };
    let refusal =
        error.status().zip(error.source()).map(|(code, said)| refusal::of(step, code.into(), &said.to_string()));
    Err(Trouble { reason: words::at(step.said(), told(&error, refusal)), refusal })
}

/// What went wrong in a conversation: what the relay said as it said it, and the rest in words.
fn told(error: &SmtpError, refusal: Option<Refusal>) -> Text {
    let Some(source) = error.source() else { return Text::quoted(&error.to_string()) };
    if let Some(error) = source.downcast_ref::<io::Error>() {
        return failure::connection(error);
    }
    match error.status() {
        Some(code) if refusal == Some(Refusal::RecipientForGood) => words::for_ever(code, source),
        Some(code) if error.is_transient() => words::for_now(code, source),
        // It says "for good", and will take the next letter all the same once somebody has put it right.
        Some(code) => words::refused(code, source),
        None if error.is_response() => words::unreadable(source),
        None => Text::quoted(&error.to_string()),
    }
}

/// The same for a step that only one kind of answer agrees to: "go on" (3xx) is no "done" (2xx), nor the other way
/// round. A relay that mixes them up is answering something else.
pub(super) async fn agreed(
    limit: Duration,
    step: Step,
    severity: Severity,
    answering: impl Future<Output = Result<Response, SmtpError>>,
) -> Result<Response, Trouble> {
    let response = answered(limit, step, answering).await?;
    if response.code().severity == severity {
        return Ok(response);
    }
    Err(Trouble::silent(words::at(step.said(), words::no_answer(response.code()))))
}

//! A step of a conversation with a relay that did not work, and what it says about the letter.

use std::error::Error as _;
use std::future::Future;
use std::io;
use std::time::Duration;

use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::response::{Response, Severity};
use tokio::time::timeout;

use crate::base::language::Text;
use crate::words::failure;
use crate::words::receipt as words;

/// A step that did not work.
#[derive(Debug)]
pub(super) struct Trouble {
    pub(super) reason: Text,
    /// What the server answered, where it did: for ever (5xx), or for now (4xx).
    pub(super) answer: Option<Answer>,
}

/// What a server refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    ForNow,
    ForEver,
}

impl Trouble {
    /// A trouble in which the server said nothing about it.
    pub(super) fn silent(reason: Text) -> Self {
        Self { reason, answer: None }
    }
}

/// Waits for an answer, but not for ever.
pub(super) async fn answered<T>(
    limit: Duration,
    step: Text,
    answering: impl Future<Output = Result<T, SmtpError>>,
) -> Result<T, Trouble> {
    let error = match timeout(limit, answering).await {
        Ok(Ok(answer)) => return Ok(answer),
        Ok(Err(error)) => error,
        Err(_) => return Err(Trouble::silent(words::at(step, failure::late()))),
    };
    let answer = if error.is_permanent() {
        Some(Answer::ForEver)
    } else if error.is_transient() {
        Some(Answer::ForNow)
    } else {
        None
    };
    Err(Trouble { reason: words::at(step, told(&error)), answer })
}

/// What went wrong in a conversation: what the relay said as it said it, and the rest in words.
fn told(error: &SmtpError) -> Text {
    let Some(source) = error.source() else { return Text::quoted(&error.to_string()) };
    if let Some(error) = source.downcast_ref::<io::Error>() {
        return failure::connection(error);
    }
    match error.status() {
        Some(code) if error.is_permanent() => words::for_ever(code, source),
        Some(code) => words::for_now(code, source),
        None if error.is_response() => words::unreadable(source),
        None => Text::quoted(&error.to_string()),
    }
}

/// The same for a step that only one kind of answer agrees to: "go on" (3xx) is no "done" (2xx), nor the other way
/// round. A relay that mixes them up is answering something else.
pub(super) async fn agreed(
    limit: Duration,
    step: Text,
    severity: Severity,
    answering: impl Future<Output = Result<Response, SmtpError>>,
) -> Result<Response, Trouble> {
    let response = answered(limit, step.clone(), answering).await?;
    if response.code().severity == severity {
        return Ok(response);
    }
    Err(Trouble::silent(words::at(step, words::no_answer(response.code()))))
}

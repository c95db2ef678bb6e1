//! A step of a conversation with a relay that did not work, and what it says about the letter.

use std::future::Future;
use std::time::Duration;

use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::response::{Response, Severity};
use tokio::time::timeout;

/// A step that did not work.
#[derive(Debug)]
pub(super) struct Trouble {
    pub(super) reason: String,
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
    pub(super) fn silent(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), answer: None }
    }
}

/// Waits for an answer, but not for ever.
pub(super) async fn answered<T>(
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

/// The same for a step that only one kind of answer agrees to: "go on" (3xx) is no "done" (2xx), nor the other way
/// round. A relay that mixes them up is answering something else.
pub(super) async fn agreed(
    limit: Duration,
    what: &str,
    severity: Severity,
    step: impl Future<Output = Result<Response, SmtpError>>,
) -> Result<Response, Trouble> {
    let response = answered(limit, what, step).await?;
    if response.code().severity == severity {
        return Ok(response);
    }
    Err(Trouble::silent(format!("at {what}: {} is no answer to that", response.code())))
}

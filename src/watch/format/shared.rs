//! The names that all formats share for what rules ask of most: `user`, `src_ip`, `src_port`, `dst_ip`, `dst_port`, `host`,
//! `action`, `outcome`, `object`, `bytes`, `message`. They are added to the vendor's own names, which public rules use, and
//! never put in their place.

use std::net::IpAddr;

use super::draft::{Fields, Outcome};
use crate::watch::event::Value;

/// What vendors write where there is nothing to say.
const NOTHING: [&str; 8] = ["", "-", "N/A", "NA", "n/a", "(null)", "null", "undefined"];

/// Which of a vendor's names stand for one that is shared, the first that says something before the others.
pub(super) type Names = (&'static str, &'static [&'static str]);

/// Whether a value says something.
pub(super) fn is_said(text: &str) -> bool {
    !NOTHING.contains(&text.trim())
}

impl Fields {
    /// Adds the shared name of each field, unless the vendor uses that name itself. Of a field that is there twice, both
    /// values are.
    pub(super) fn share(&mut self, names: &[Names]) {
        for (ours, theirs) in names {
            if self.first(&[*ours]).is_some() {
                continue;
            }
            let Some(name) = theirs.iter().find(|name| self.first(&[**name]).is_some()) else { continue };
            let values: Vec<String> = self.texts(name).map(str::to_owned).collect();
            for value in values {
                match *ours {
                    "src_ip" => self.endpoint("src", &value),
                    "dst_ip" => self.endpoint("dst", &value),
                    "src_port" | "dst_port" | "bytes" => self.put_number(ours, &value),
                    _ => self.put(ours, value),
                }
            }
        }
    }

    /// Adds the ends of a connection, where any is written: `1.2.3.4`, `1.2.3.4:443`, `1.2.3.4:443:X1`, `1.2.3.4(443)`,
    /// `outside:1.2.3.4/443`, `[::1]:443`. A name is one of a machine.
    pub(super) fn endpoint(&mut self, side: &str, text: &str) {
        let text = text.trim();
        let Some((address, port)) = endpoint(text) else {
            if is_said(text) && !text.contains(' ') {
                self.put(&format!("{side}_host"), text);
            }
            return;
        };
        self.put(&format!("{side}_ip"), address);
        if self.value(&format!("{side}_port")).is_none() {
            self.put_said_number(&format!("{side}_port"), port);
        }
    }

    /// Adds a number that may be missing.
    pub(super) fn put_said_number(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.put_number(name, text);
        }
    }

    /// The first value that says something under one of `names`, the first of them before the others.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.0.iter().filter(|(field, _)| field == name).find_map(|(_, value)| match value {
                Value::Text(text) if is_said(text) => Some(text.as_str()),
                _ => None,
            })
        })
    }

    /// The texts called `name`.
    pub(super) fn texts<'s, 'n: 's>(&'s self, name: &'n str) -> impl Iterator<Item = &'s str> {
        self.0.iter().filter(move |(field, _)| field == name).filter_map(|(_, value)| match value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// Says how it ended, by the words of the first of these fields that has one of them.
    pub(super) fn outcome_by(&mut self, names: &[&str]) {
        if self.value("outcome").is_some() && self.first(&["outcome"]).is_some_and(|said| outcome(said).is_none()) {
            return;
        }
        let found = names.iter().find_map(|name| self.texts(name).find_map(outcome));
        let word = found.unwrap_or(Outcome::Unknown);
        self.0.retain(|(name, _)| name != "outcome");
        self.outcome(word);
    }

    /// The sum of the first two of these that are there, as `bytes`.
    pub(super) fn sum_bytes(&mut self, sides: &[(&str, &str)]) {
        for (sent, received) in sides {
            let number = |name: &str| self.first(&[name])?.parse::<i64>().ok();
            let (sent, received) = (number(sent), number(received));
            if sent.is_some() || received.is_some() {
                let sum = sent.unwrap_or_default().saturating_add(received.unwrap_or_default());
                return self.put("bytes", sum);
            }
        }
    }
}

/// The address and the port of one end of a connection.
pub(super) fn endpoint(text: &str) -> Option<(&str, Option<&str>)> {
    let is_ip = |text: &str| text.parse::<IpAddr>().is_ok();
    let port = |text: &'_ str| text.bytes().all(|byte| byte.is_ascii_digit()) && matches!(text.len(), 1..=5);
    if is_ip(text) {
        return Some((text, None));
    }
    // An interface stands before it.
    let text = match text.split_once(':') {
        Some((name, rest)) if !name.is_empty() && rest.split(['/', '(']).next().is_some_and(is_ip) => rest,
        _ => text,
    };
    if let Some((address, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let number = rest.strip_prefix(':').filter(|text| port(text));
        return is_ip(address).then_some((address, number));
    }
    for (open, close) in [("/", ""), ("(", ")"), (":", "")] {
        let Some((address, rest)) = text.split_once(open) else { continue };
        let number = if close.is_empty() { rest } else { rest.split(close).next().unwrap_or(rest) };
        let number = number.split([':', '(', ' ', '/']).next().unwrap_or(number);
        if is_ip(address) {
            return Some((address, Some(number).filter(|text| port(text))));
        }
    }
    is_ip(text).then_some((text, None))
}

/// How something ended, by a word of it.
pub(super) fn outcome(text: &str) -> Option<Outcome> {
    const FAILED: [&str; 22] = [
        "fail",
        "denied",
        "deny",
        "reject",
        "refus",
        "invalid",
        "block",
        "drop",
        "incorrect",
        "unauthor",
        "not allowed",
        "cannot",
        "could not",
        "disallow",
        "expired",
        "locked",
        "quarantine",
        "error",
        "reset-",
        "wrong",
        "mismatch",
        "clear_session",
    ];
    const DONE: [&str; 15] = [
        "succe",
        "accept",
        "allow",
        "pass",
        "permit",
        "granted",
        "established",
        "tunnel-up",
        "logged in",
        "login ok",
        "opened",
        "completed",
        "built",
        "configured",
        "created",
    ];
    // What a line says in passing, far behind its beginning, is not how it ended.
    let head: String = text.chars().take(160).flat_map(char::to_lowercase).collect();
    // A word for a secret says nothing of how it ended.
    let head = head.replace("password", "").replace("passcode", "");
    let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
    if matches!(head.trim(), "ok" | "0" | "true" | "yes" | "up") {
        return Some(Outcome::Success);
    }
    if has(&FAILED) && !head.contains("no error") {
        return Some(Outcome::Failure);
    }
    has(&DONE).then_some(Outcome::Success)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_connections_are_read_as_vendors_write_them() {
        for (text, wanted) in [
            ("1.2.3.4", Some(("1.2.3.4", None))),
            ("1.2.3.4:443", Some(("1.2.3.4", Some("443")))),
            ("1.2.3.4:443:X1", Some(("1.2.3.4", Some("443")))),
            ("1.2.3.4(23553)", Some(("1.2.3.4", Some("23553")))),
            ("outside:1.2.3.4/443", Some(("1.2.3.4", Some("443")))),
            ("outside:1.2.3.4/443(CH\\bob)", Some(("1.2.3.4", Some("443")))),
            ("outside:1.2.3.4(CH\\bob)", Some(("1.2.3.4", None))),
            ("2001:db8::1", Some(("2001:db8::1", None))),
            ("inside:2001:db8::1/443", Some(("2001:db8::1", Some("443")))),
            ("[2001:db8::1]:443", Some(("2001:db8::1", Some("443")))),
            ("1.2.3.4:x", Some(("1.2.3.4", None))),
            ("srv-1", None),
            ("", None),
            ("1.2.3", None),
        ] {
            assert_eq!(endpoint(text), wanted, "{text}");
        }
    }

    #[test]
    fn outcomes_are_known_by_their_words() {
        for (text, wanted) in [
            ("ssl-login-fail", Some(Outcome::Failure)),
            ("Authentication Failed", Some(Outcome::Failure)),
            ("success", Some(Outcome::Success)),
            ("unsuccessful, access denied", Some(Outcome::Failure)),
            ("tunnel-up", Some(Outcome::Success)),
            ("Accept", Some(Outcome::Success)),
            ("wrong password", Some(Outcome::Failure)),
            ("password", None),
            ("close", None),
            ("Add", None),
            ("ok", Some(Outcome::Success)),
        ] {
            assert_eq!(outcome(text), wanted, "{text}");
        }
    }
}

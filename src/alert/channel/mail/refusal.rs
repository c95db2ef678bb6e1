//! Whose fault a refusal is. Only what is about the recipient can be final: about a relay that will have no mail of this
//! sender, this session or this kind, somebody does something, and the same letter passes.
//!
//! The reply code alone does not tell (RFC 5321, section 4.2.3: 550 is "not found" as well as "policy"); the enhanced code
//! does (RFC 3463), where the relay gives one. Where it gives none, its words have to do, and doubt speaks for another try.

use super::trouble::Step;

/// What a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The relay, the session, the sender or a policy.
    Channel,
    /// The recipient, for now.
    RecipientForNow,
    /// The recipient, for good.
    RecipientForGood,
}

/// Words for a refusal that has nothing to do with who the recipient is.
const POLICY: [&str; 37] = [
    "policy",
    "politique",
    "relay",
    "relais",
    "denied",
    "spam",
    "block",
    "blacklist",
    "black list",
    "reputation",
    "sender",
    "expéditeur",
    "from you",
    "authenticat",
    "authentif",
    "auth required",
    "permitted",
    "prohibit",
    "administrat",
    "dnsbl",
    "rbl",
    "spf",
    "dkim",
    "dmarc",
    "greylist",
    "greylisted",
    "rate limit",
    "too many",
    "helo",
    "ehlo",
    "ptr",
    "reverse",
    "client host",
    "banned",
    "access",
    "to send",
    "try again",
];

/// Words for a refusal that is about the recipient.
const RECIPIENT: [&str; 8] =
    ["recipient", "destinataire", "mailbox", "boîte", "no such user", "user unknown", "unknown user", "quota"];

/// What a relay's answer `code` with the words `said` at `step` is about.
pub(super) fn of(step: Step, code: u16, said: &str) -> Refusal {
    let enhanced = Enhanced::at_the_start_of(said);
    let for_good = code >= 500 && enhanced.is_none_or(|enhanced| enhanced.class == 5);
    match (step.knows_recipient() && is_of_recipient(step, code, enhanced, &said.to_lowercase()), for_good) {
        (false, _) => Refusal::Channel,
        (true, false) => Refusal::RecipientForNow,
        (true, true) => Refusal::RecipientForGood,
    }
}

fn is_of_recipient(step: Step, code: u16, enhanced: Option<Enhanced>, said: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    match (enhanced.map(|enhanced| (enhanced.subject, enhanced.detail)), step) {
        // The sender's own address, and relays that do not conform.
        (Some((1, 7..=9)), _) => false,
        // "Other address": some say so of the sender.
        (Some((1 | 2, 0)), _) => !has(&POLICY),
        (Some((subject, _)), _) => matches!(subject, 1 | 2),
        // 450 to 452, 550 to 553: what RFC 5321 has about mailboxes.
        (None, Step::Recipient) => matches!(code % 100, 50..=53) && !has(&POLICY),
        (None, _) => has(&RECIPIENT) && !has(&POLICY),
    }
}

/// An enhanced status code (RFC 3463): `5.1.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Enhanced {
    class: u16,
    subject: u16,
    detail: u16,
}

impl Enhanced {
    fn at_the_start_of(said: &str) -> Option<Self> {
        let word = said.split_whitespace().next()?.trim_start_matches('#');
        let mut parts = word.split('.').map(|part| part.parse().ok().filter(|_| part.len() <= 3));
        let code = Self { class: parts.next()??, subject: parts.next()??, detail: parts.next()?? };
        (parts.next().is_none() && matches!(code.class, 4 | 5)).then_some(code)
    }
}

#[cfg(test)]
mod tests {
    use super::Refusal::{Channel, RecipientForGood, RecipientForNow};
    use super::*;

    #[test]
    fn what_is_about_session_sender_or_policy_is_never_final() {
        let about_the_channel = [
            "550 5.7.1 policy",
            "554 5.7.1 rejected",
            "550 5.7.26 unauthenticated",
            "550 5.1.7 bad sender",
            "553 5.1.8 sender",
            "550 5.1.0 Sender address rejected: User unknown",
            "552 5.3.4 too big",
            "554 5.5.1 no valid recipients",
            "550 5.4.1 Recipient address rejected: Access denied",
            "554 5.6.0 content",
            "554 no mail today",
            "503 bad sequence",
            "530 5.7.0 login first",
            "535 5.7.8 credentials",
            "550 relaying denied",
            "553 sender is not allowed to relay",
            "550 blocked, see https://rbl.example",
            "550 rejected by SPF",
            "554 Service unavailable; Client host blocked",
            "451 4.7.1 greylisted",
            "450 greylisted, try again",
            "421 4.3.2 closing",
            "452 4.3.1 no space",
            "500 what?",
        ];
        for said in about_the_channel {
            for step in Step::ALL {
                assert_eq!(at(step, said), Channel, "{step:?}: {said}");
            }
        }
    }

    #[test]
    fn what_is_about_the_recipient_is_final_once_the_relay_knows_them() {
        let about_the_recipient = [
            ("550 5.1.1 no such person", RecipientForGood),
            ("550-5.1.1", RecipientForGood),
            ("553 5.1.3 bad syntax", RecipientForGood),
            ("556 5.1.10 null MX", RecipientForGood),
            ("550 5.2.1 mailbox disabled", RecipientForGood),
            ("552 5.2.2 mailbox full", RecipientForGood),
            ("550 5.1.0 address rejected", RecipientForGood),
            ("452 4.2.2 mailbox full", RecipientForNow),
            ("450 4.2.1 mailbox busy", RecipientForNow),
            // Two codes that contradict each other: the milder one counts.
            ("550 4.2.2 mailbox full", RecipientForNow),
        ];
        for (said, expected) in about_the_recipient {
            for step in Step::ALL {
                let expected = if step.knows_recipient() { expected } else { Channel };
                assert_eq!(at(step, said), expected, "{step:?}: {said}");
            }
        }
    }

    #[test]
    fn without_an_enhanced_code_the_command_and_the_words_decide() {
        for (step, said, expected) in [
            (Step::Recipient, "550 no such user here", RecipientForGood),
            (Step::Recipient, "550 no", RecipientForGood),
            (Step::Recipient, "551 user not local", RecipientForGood),
            (Step::Recipient, "553 mailbox name not allowed", RecipientForGood),
            (Step::Recipient, "450 mailbox busy", RecipientForNow),
            (Step::Recipient, "554 no", Channel),
            (Step::Recipient, "501 syntax", Channel),
            (Step::Message, "550 no", Channel),
            (Step::Message, "554 no", Channel),
            (Step::Message, "550 mailbox unavailable", RecipientForGood),
            (Step::End, "552 too big", Channel),
            (Step::End, "552 user over quota", RecipientForGood),
            (Step::End, "554 recipient's policy says no", Channel),
            (Step::Sender, "550 mailbox unavailable", Channel),
        ] {
            assert_eq!(at(step, said), expected, "{step:?}: {said}");
        }
    }

    #[test]
    fn an_enhanced_code_is_three_numbers() {
        for no_code in ["", "5.1", "5.1.1.1", "5.1.1234", "2.1.1", "v5.1.1", "5.1.x", "hello 5.1.1"] {
            assert_eq!(Enhanced::at_the_start_of(no_code), None, "{no_code}");
        }
        assert!(Enhanced::at_the_start_of("#5.1.10 x").is_some_and(|code| code.detail == 10));
    }

    /// `550 5.1.1 text`, or the first line of several.
    fn at(step: Step, said: &str) -> Refusal {
        let (code, said) = said.split_at(3);
        of(step, code.parse().expect("a code"), &said[1..])
    }
}

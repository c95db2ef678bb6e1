//! Detection rules: read, compiled, matched. Pure: takes texts and events, returns matches.
//!
//! The rules are Sigma rules (specification 2.1). [`read`] turns one rule file into [`Document`]s, [`Engine::compile`]
//! puts the documents of a site together, [`Engine::step`] looks at one event after the other. Every mistake in a file
//! is a finding with its place; a rule with mistakes is left out, the others work.
//!
//! ```
//! use vigie::base::realm::Realm;
//! use vigie::text::source::Source;
//! use vigie::watch::format::{Decoded, Decoder, Format};
//! use vigie::watch::sigma::{Engine, read};
//!
//! let rule = Source::new("spray.yml", "
//! title: Somebody tries a password
//! logsource: {product: dpi}
//! detection:
//!   wrong: {action: login, result|contains: denied}
//!   condition: wrong
//! level: high
//! ");
//! let mut found = Vec::new();
//! let documents = read(&rule, &"own.spray".into(), &mut found);
//! let mut engine = Engine::compile(documents, &mut found);
//! assert!(found.is_empty(), "a mistake would be here, with its place");
//!
//! let of_dpi = vigie::watch::event::Logsource { product: Some("dpi".into()), ..Default::default() };
//! let mut decoder = Decoder::new(Format::Json, jiff::tz::TimeZone::UTC, Some(of_dpi));
//! let line = r#"{"time": "2026-11-21T19:28:22Z", "action": "login", "result": "access denied"}"#;
//! let Decoded::Event(event) = decoder.decode(jiff::Timestamp::UNIX_EPOCH, line) else { panic!("not an event") };
//! assert_eq!(engine.step(Realm::Live, &event).len(), 1);
//! ```
//!
//! # What a rule is held against
//!
//! A rule is for the events that have everything its `logsource` names: product, service, category. Comparisons are
//! those of the specification; where it leaves a choice, `matcher` says what vigie takes. A word without a field is
//! looked for in the whole line, and in the values of the fields too where the line may spell it with escapes.
//!
//! A `filter` document adds its condition to the rules that it names, or with `rules: any` to every rule of its logs. Files
//! may share keys between documents with `action: global`, `reset` and `repeat`. `%name%` under `expand` stands for a
//! list of the site ([`Engine::compile_with`]); a rule without its list is there, says why it is not armed
//! ([`Rule::unarmed`]) and never matches. The time modifiers look at times in the zone of the site
//! ([`Engine::in_zone`]).
//!
//! # What a match tells
//!
//! About whom ([`Match::subject`]): what the rule names, or what it groups by; where that is nothing, or nothing that the
//! event has, its machine, account and address, by the names that logs give them. What was found, the line, who else takes
//! part ([`Match::ties`]) are looked up once a rule matched, in the record it matched in, and only for whoever wants to
//! know ([`Engine::count`]).
//!
//! # What is refused
//!
//! Counting with `|` in a condition and `timeframe`, both no longer part of Sigma; conditions in words that hold where
//! nothing happens; a regular expression with look-around or back-references, which nothing can match in linear time.
//!
//! # What a correlation counts
//!
//! * **Time** is the time of the events. A window reaches from the newest event of its group back over the `timespan`,
//!   both ends included. An event that arrives late still counts where it belongs, unless it is older than that.
//! * **Groups.** Each combination of the values of `group-by` has a window of its own; an event that lacks one of the
//!   fields is not counted. Of several values the first counts; upper and lower case are the same.
//! * **Realms.** Real lines and the lines of an exercise never share a window.
//! * **Once.** A correlation matches when its condition becomes true, and then not again until it has been false. A
//!   burst is one match; the next burst is another. Conditions are looked at with each event that counts, those with
//!   `lt`, `lte`, `eq` and `neq` too: no event, no look. A window that has run empty was false meanwhile, unless the
//!   condition holds of nothing too.
//! * **Going on.** While the condition stays true, each further event that counts gives a match that says so
//!   ([`Match::goes_on`]): who follows an attack learns that it lasts, and who ended the alert too early hears of it again.
//!   Nothing else counts or lists these; [`Engine::step`] leaves them out. What is counted over everybody stays about whom
//!   it was about when its condition became true.
//! * **`temporal`** counts how many of its rules matched within the timespan, all of them unless it has a condition of
//!   its own. **`temporal_ordered`** counts how many matched one after the other, from the first on; events of the same
//!   instant are in order.
//! * **Words.** Both can have a condition in words (`a and not b`). A rule holds where it matched within the timespan; in
//!   order, those that are needed come as `rules` lists them and those that are excluded not at all.
//! * **Numbers.** `value_sum`, `value_avg`, `value_median` and `value_percentile` reckon with the numbers of one field; an
//!   event without a number there is not counted. Beyond 2 048 events, sums and means stay exact while single events
//!   leave the window a little late; medians and percentiles are those of the newest events.
//! * **Chains.** A correlation over correlations hears of the lower one with every event for which that one's condition
//!   holds; where it counts events, once for each time the condition becomes true.
//! * **Silence.** A rule that is counted gives no match of its own, unless a correlation over it says `generate: true`.
//! * **Clocks.** One event with a wrong time neither makes windows look old nor keeps later events from counting: see
//!   `clock`.
//! * **Absence.** What was to come and did not is asked for with [`Engine::tick`], on the machine's clock, or with
//!   [`Engine::elapse`] on the time of the events: see `absence`.
//! * **Novelty.** A group learns what is usual first, and tells what is new then: see `first_seen`.
//! * **Memory** is bounded in the number of windows, in each of them and in all of them together; the row with the most
//!   windows gives up its longest untouched one. Windows are handed out as JSON when they change
//!   ([`Engine::take_windows`]) and go on exactly where they were ([`Engine::restore`]). Values are in them only as
//!   hashes, but for the numbers that are reckoned with, the names of who is waited for, and whom a match is about that
//!   groups by nothing.

mod correlate;
mod engine;
pub mod explain;
mod keyed_hash;
mod matched;
mod matcher;
pub mod pipeline;
mod prefilter;
pub mod rule;
#[cfg(test)]
mod tests;
mod view;
mod witness;

pub use correlate::disk::WindowChange;
pub use engine::Engine;
pub use matched::Match;
pub use matcher::{Matcher, Sighting};
pub use pipeline::Pipeline;
pub use rule::dependency::Dependencies;
pub use rule::document::{Document, read};
pub use rule::schema::schema;
pub use rule::{Rule, modifier};

//! What holds for every chain and every order of inputs. `VIGIE_HISTORIES=1000000` tries so many instead of some hundred.

mod events;
mod watched;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use events::{Event, Setting, events, settings};
use watched::Watched;

fn histories() -> ProptestConfig {
    let cases = std::env::var("VIGIE_HISTORIES").map_or(512, |cases| cases.parse().expect("a number"));
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(histories())]

    #[test]
    fn whatever_happens_in_whatever_order(
        setting in settings(), events in events(),
    ) {
        let mut watched = Watched::start(setting)?;
        for event in &events {
            watched.happens(event)?;
        }
    }

    /// Left alone, an alert that nobody holds is told to somebody again and again, at most half an hour apart, if anybody
    /// can be told at all; one that is held is asked about, unless its chain says that it need not be.
    #[test]
    fn an_alert_that_nobody_holds_is_never_left_alone(
        setting in settings(), events in events(),
    ) {
        let mut watched = Watched::start(Setting { pace: Pace::REAL, ..setting })?;
        for event in &events {
            watched.happens(event)?;
        }
        for _ in 0..60 {
            let Some(deadline) = watched.escalation.deadline() else { break };
            let unheld = !matches!(watched.escalation.status, Status::Acked { .. });
            let muted = watched.escalation.is_muted();
            let told = watched.escalation.told_at.filter(|_| !muted);
            watched.happens(&Event::AtDeadline)?;
            if unheld && watched.anybody_can_be_asked() && let Some(told) = told {
                let silent = deadline.duration_since(told);
                let most = SILENCE_AT_MOST + SignedDuration::from_secs(1);
                let moved = watched.escalation.told_at > Some(told);
                prop_assert!(silent <= most || moved, "silent for {silent}: {:?}", watched.escalation);
            }
        }
        let ends = matches!(watched.escalation.status, Status::Resolved)
            || matches!(watched.escalation.status, Status::Acked { .. }) && watched.chain.reack.is_none();
        prop_assert!(ends || watched.escalation.deadline().is_some());
    }

    /// Receipts that say the same thing again change nothing.
    #[test]
    fn a_receipt_that_comes_twice_is_one_receipt(
        setting in settings(), events in events(),
    ) {
        let mut watched = Watched::start(setting)?;
        for event in &events {
            watched.happens(event)?;
            if let Event::Receipt(..) | Event::Acked(_) | Event::Resolved = event {
                let before = watched.escalation.clone();
                if let (Event::Receipt(page, outcome), false) = (event, watched.pages.is_empty()) {
                    // The index picks among all pages, more of which may exist now: name the page itself.
                    let page = page.get(&watched.pages).clone();
                    watched.input(&Input::Receipt { page: page.clone(), outcome: *outcome })?;
                    let once = watched.escalation.clone();
                    watched.input(&Input::Receipt { page, outcome: *outcome })?;
                    prop_assert_eq!(&once, &watched.escalation);
                } else {
                    watched.happens(event)?;
                    prop_assert_eq!(&before, &watched.escalation);
                }
            }
        }
    }

    /// Whatever is decided follows from what happened, and from nothing else.
    #[test]
    fn two_runs_say_the_same(setting in settings(), events in events()) {
        let run = || {
            let mut watched = Watched::start(setting.clone())?;
            for event in &events {
                watched.happens(event)?;
            }
            let kept = serde_json::to_string(&watched.escalation).expect("an escalation can be kept");
            Ok::<_, TestCaseError>(watched.said + &kept)
        };
        prop_assert_eq!(run()?, run()?);
    }
}

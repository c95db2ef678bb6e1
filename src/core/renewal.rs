//! Taking up changed files while everything goes on: the new rules count on in the windows of the old ones, and nothing
//! that is open, owed or being played is touched. All or nothing: with a mistake anywhere, or a change that only a new
//! start can take up, everything stays as it was.

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::json;

use super::{Core, Order, Purpose};
use crate::api::Answer;
use crate::base::id::{AlertId, PageId};
use crate::base::realm::Realm;
use crate::check::House;
use crate::site::Site;
use crate::store::PageState;
use crate::watch::sigma::Engine;

/// A site, read again without mistakes.
#[derive(Debug)]
pub struct Renewal {
    /// The site.
    pub house: Arc<House>,
    /// Its rules.
    pub engine: Engine,
    /// How many warnings there were on the way.
    pub warnings: usize,
}

impl Core {
    /// Takes up what was read, or says why not.
    pub(super) fn reread(&mut self, now: Timestamp, ticket: u64, read: Result<Box<Renewal>, Vec<String>>) {
        let answer = match read {
            Ok(renewal) => match self.obstacles(&renewal.house.site) {
                obstacles if obstacles.is_empty() => Answer::Done(self.renew(now, *renewal)),
                obstacles => {
                    let why = format!("{}; nothing was taken up", obstacles.join("; "));
                    self.refuse(now, obstacles, &why);
                    Answer::Refused(why)
                }
            },
            Err(mistakes) => {
                let why = format!("{} mistakes in the site's files; nothing was taken up", mistakes.len());
                self.refuse(now, mistakes.clone(), &why);
                Answer::Mistakes(mistakes)
            }
        };
        self.orders.push(Order::Reply { ticket, answer });
    }

    fn refuse(&mut self, now: Timestamp, reasons: Vec<String>, why: &str) {
        self.enter(now, Realm::Live, "rules.refused", &json!({"reasons": reasons.len()}));
        self.orders.extend(reasons.into_iter().map(Order::Tell));
        self.orders.push(Order::Tell(format!("not reloaded: {why}")));
    }

    /// What changed that cannot be taken up now, in words.
    fn obstacles(&self, next: &Site) -> Vec<String> {
        let site = &self.house.site;
        let (old, new) = (&site.settings, &next.settings);
        let parts = [
            ("state", old.state != new.state),
            ("sources", old.sources != new.sources),
            ("channels", old.channels != new.channels),
            ("zone", old.zone != new.zone),
        ];
        let start = |(part, _)| format!("`{part}` of vigie.yaml changed, which needs a new start of `vigie run`");
        let mut obstacles: Vec<String> = parts.into_iter().filter(|(_, changed)| *changed).map(start).collect();
        let people = site.roster != next.roster || site.chains != next.chains || old.allow != new.allow;
        if people && !self.drills.is_empty() {
            obstacles.push(
                "people, chains or `drills` changed while an exercise is running: wait for its end, or stop it with \
                 `vigie drill stop`"
                    .to_owned(),
            );
        }
        obstacles
    }

    /// Goes on with the new files; what was done, in words.
    fn renew(&mut self, now: Timestamp, renewal: Renewal) -> String {
        let Renewal { house, engine, warnings } = renewal;
        let turnover = self.house.papers.turnover(&house.papers);
        let people = self.house.site.roster != house.site.roster || self.house.site.chains != house.site.chains;
        let windows = self.hand_over(engine);
        self.house = house;
        self.rules_since = now;
        if people {
            self.look_at_people(now);
        }
        let papers = &self.house.papers;
        let rules = self.engine.rules().filter(|rule| rule.emits).count();
        let body = json!({
            "rules": rules, "papers": papers.count(), "seal": papers.seal().to_string(),
            "new": turnover.new, "gone": turnover.gone, "changed": turnover.changed,
            "windows": self.engine.windows(), "windows_before": windows, "people": people,
        });
        self.enter(now, Realm::Live, "rules.reloaded", &body);
        let mut words = format!(
            "{rules} rules watch now; of the files and lists they are made from, {} are new, {} changed, {} are gone; {} \
             of {windows} windows go on",
            turnover.new,
            turnover.changed,
            turnover.gone,
            self.engine.windows()
        );
        if people {
            words.push_str("; people and chains are taken up");
        }
        if warnings > 0 {
            write!(words, "; {warnings} warnings, which `vigie check` shows").expect("writing to a string cannot fail");
        }
        self.orders.push(Order::Tell(format!("reloaded: {words}")));
        words
    }

    /// Gives the new rules the windows of the old ones. Windows of a correlation that is gone, or now counts something
    /// else, are forgotten, also on disk. How many there were.
    fn hand_over(&mut self, engine: Engine) -> usize {
        let before = self.engine.windows();
        // What changed since the last commit may be of windows that nobody goes on with.
        let changes = self.engine.take_windows();
        self.change.windows.extend(changes.into_iter().map(|window| (window.key, window.state)));
        let mut engine = engine.keyed(self.key.clone());
        engine.restore(self.engine.all_windows());
        self.engine = engine;
        before
    }

    /// Open alerts go on by the chains as they are now, and pages that have not left go to addresses as they are now.
    fn look_at_people(&mut self, now: Timestamp) {
        for id in self.cases.keys().copied().collect::<Vec<AlertId>>() {
            self.revive(now, id);
        }
        let waiting = self.pages.iter().filter(|(_, owed)| owed.state == PageState::Owed);
        for id in waiting.map(|(id, _)| *id).collect::<Vec<PageId>>() {
            let Some(Purpose::Climb { alert, key, .. }) = self.pages.get(&id).map(|owed| owed.purpose.clone()) else {
                continue;
            };
            // Where there is no address any more, the old one is better than none.
            let Some(page) = self.climb_page(now, id, alert, &key) else { continue };
            if let Some(owed) = self.pages.get_mut(&id)
                && page.letter().address() != owed.page.letter().address()
            {
                owed.page = page;
                self.changed_pages.insert(id);
            }
        }
    }
}

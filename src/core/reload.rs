//! Taking up changed files while everything goes on: the new rules count on in the windows of the old ones, and nothing
//! that is open, owed or being played is touched. All or nothing: with a mistake anywhere, or a change that only a new
//! start can take up, everything stays as it was.

use std::sync::Arc;

use jiff::Timestamp;

use super::Core;
use super::context::Context;
use crate::api::{Answer, Done, Fact, Obstacle, Refusal, Reloaded, RulesFact};
use crate::base::language::Text;
use crate::base::realm::Realm;
use crate::check::Deployment;
use crate::site::Site;
use crate::watch::sigma::Engine;

/// A site, read again without mistakes.
#[derive(Debug)]
pub struct Reread {
    /// The site.
    pub deployment: Arc<Deployment>,
    /// Its rules.
    pub engine: Engine,
    /// How many warnings there were on the way.
    pub warnings: usize,
}

impl Core {
    /// Takes up what was read, or says why not.
    pub(super) fn reread(&mut self, now: Timestamp, read: Result<Box<Reread>, Vec<Text>>) -> Answer {
        let refusal = match read {
            Ok(reread) => match self.obstacles(&reread.deployment.site) {
                obstacles if obstacles.is_empty() => return Answer::Done(Done::Reloaded(self.take_up(now, *reread))),
                obstacles => Refusal::Obstacles(obstacles),
            },
            Err(mistakes) => Refusal::Mistakes(mistakes),
        };
        let reasons = match &refusal {
            Refusal::Obstacles(obstacles) => obstacles.len(),
            Refusal::Mistakes(mistakes) => mistakes.len(),
            _ => 1,
        };
        self.out.keep(Realm::Live, Fact::Rules(RulesFact::Refused { reasons }));
        Answer::Refused(refusal)
    }

    /// What changed that cannot be taken up now.
    fn obstacles(&self, next: &Site) -> Vec<Obstacle> {
        let site = &self.deployment.site;
        let (old, new) = (&site.settings, &next.settings);
        let parts = [
            ("state", old.home.state != new.home.state),
            ("socket", old.home.speaking() != new.home.speaking()),
            ("sources", old.sources != new.sources),
            ("channels", old.channels != new.channels),
            ("zone", old.zone != new.zone),
        ];
        let changed = parts.into_iter().filter(|(_, changed)| *changed);
        let mut obstacles: Vec<Obstacle> = changed.map(|(part, _)| Obstacle::NeedsStart(part.to_owned())).collect();
        let people = site.roster != next.roster || site.chains != next.chains || old.allow != new.allow;
        if people && !self.exercises.running().is_empty() {
            obstacles.push(Obstacle::ExerciseRuns);
        }
        obstacles
    }

    /// Goes on with the new files.
    fn take_up(&mut self, now: Timestamp, reread: Reread) -> Reloaded {
        let Reread { deployment, engine, warnings } = reread;
        let turnover = self.deployment.manifest.turnover(&deployment.manifest);
        let people = self.deployment.site.roster != deployment.site.roster
            || self.deployment.site.chains != deployment.site.chains
            || self.deployment.site.digest != deployment.site.digest;
        let maintenance = self.deployment.site.settings.maintenance != deployment.site.settings.maintenance;
        let windows_before = self.lines.hand_over(now, engine);
        self.deployment = deployment;
        if people {
            let deployment = self.deployment.clone();
            let context = Context { now, deployment: &deployment };
            self.alerts.look_again(context, &mut self.out);
            self.outbox.look_again(context);
        } else if maintenance {
            let context = Context { now, deployment: &self.deployment };
            self.alerts.weigh_again(context, &mut self.out);
        }
        let engine = self.lines.engine();
        let manifest = &self.deployment.manifest;
        let reloaded = Reloaded {
            rules: engine.rules().filter(|rule| rule.emits).count(),
            papers: manifest.count(),
            seal: manifest.seal().to_string(),
            new: turnover.new,
            gone: turnover.gone,
            changed: turnover.changed,
            windows: engine.windows(),
            windows_before,
            people,
            warnings,
        };
        self.out.keep(Realm::Live, Fact::Rules(RulesFact::Reloaded(reloaded.clone())));
        reloaded
    }
}

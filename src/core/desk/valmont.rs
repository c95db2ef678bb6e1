//! The example hospital, for tests of one desk alone.

use jiff::Timestamp;

use crate::alert::channel::Settings;
use crate::check::{self, Deployment};
use crate::core::context::Context;
use crate::watch::sigma::Engine;

/// The example hospital at one instant.
pub(super) struct Valmont {
    deployment: Deployment,
    pub(super) now: Timestamp,
}

impl Valmont {
    pub(super) fn new() -> Self {
        Self::with_rules().0
    }

    /// The hospital and its rules.
    pub(super) fn with_rules() -> (Self, Engine) {
        let (deployment, engine) = check::example().expect("the example hospital has no mistakes");
        (Self { deployment, now: "2026-11-21T19:31:05Z".parse().expect("an instant") }, engine)
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context { now: self.now, deployment: &self.deployment }
    }

    /// Gives text messages a rate.
    pub(super) fn slow_down(&mut self, rate: &str) {
        for channel in self.deployment.site.settings.channels.values_mut() {
            if let Settings::Sms(sms) = channel {
                sms.rate = Some(rate.parse().expect("a rate"));
            }
        }
    }

    pub(super) fn later(&mut self, seconds: i64) {
        self.now += jiff::SignedDuration::from_secs(seconds);
    }
}

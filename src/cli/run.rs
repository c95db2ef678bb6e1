//! `vigie run`: the daemon in the foreground.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use super::check::summary;
use super::exit::Exit;
use super::notice::said;
use super::place::{Place, here};
use super::screen::Screen;
use crate::daemon::{Daemon, Notice, clock};
use crate::words::failure::{Failure, system};
use crate::words::status as words;
use crate::words::time::At;

/// Watches a site: reads its logs, raises alerts, pages people, plays drills
#[derive(Debug, Args)]
pub(super) struct Run {
    /// The site's folder: where vigie.yaml is; the environment variable `VIGIE_SITE` names it too
    #[arg(default_value_os_t = here())]
    site: PathBuf,
}

impl Run {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        // It is read again at a reload, by its full name: what changed is told apart from what only was named otherwise.
        let site = std::path::absolute(&self.site).unwrap_or(self.site);
        let place = Place { site };
        let screen = place.on(screen);
        let Some((deployment, engine)) = place.open(screen) else { return Ok(Exit::Findings) };
        let settings = &deployment.site.settings;
        screen.line(summary(&deployment, &engine));
        screen.line(words::state(settings.home.state.display()));
        let zone = settings.zone.clone();
        let tell = Arc::new(move |notice: &Notice| {
            for sentence in said(notice) {
                screen.row().put(At(clock::now(), &zone)).put("  ").put(sentence).end();
            }
        });
        let cannot_start = |error: std::io::Error| Failure(words::cannot_start(system(&error)));
        let runtime = tokio::runtime::Runtime::new().map_err(cannot_start)?;
        runtime.block_on(async {
            let mut stop = signal(SignalKind::terminate()).map_err(cannot_start)?;
            // Without this the signal would end the daemon.
            let mut reload = signal(SignalKind::hangup()).map_err(cannot_start)?;
            let daemon = Daemon::start(deployment, engine, tell)?;
            screen.line(words::ready());
            loop {
                tokio::select! {
                    _ = tokio::signal::ctrl_c() => break,
                    _ = stop.recv() => break,
                    _ = reload.recv() => daemon.reload().await,
                    () = daemon.broken() => {
                        bail!(Failure(words::core_broke()))
                    }
                }
            }
            screen.line(words::stopping());
            daemon.stop().await;
            Ok(Exit::Fine)
        })
    }
}

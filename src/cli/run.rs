//! `vigie run`: the daemon in the foreground.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use super::exit::Exit;
use super::notice::said;
use super::place::Place;
use super::screen::Screen;
use super::tongue::of_terminal;
use crate::daemon::{Daemon, Notice, clock};

/// Watches a site: reads its logs, raises alerts, pages people, plays drills
#[derive(Debug, Args)]
pub(super) struct Run {
    /// The site's folder: where vigie.yaml is
    #[arg(default_value = ".")]
    site: PathBuf,
}

impl Run {
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let Some((house, engine)) = (Place { site: self.site.clone() }).open(screen) else { return Ok(Exit::Findings) };
        let settings = &house.site.settings;
        screen.line(house.summary(&engine));
        screen.line(format!("state in {}; stop with Ctrl-C", settings.home.state.display()));
        let language = of_terminal();
        let tell = Arc::new(move |notice: &Notice| {
            if let Some(words) = said(notice) {
                screen.line(format!("{}  {}", clock::now().strftime("%Y-%m-%d %H:%M:%SZ"), words.get(language)));
            }
        });
        let runtime = tokio::runtime::Runtime::new().context("cannot start")?;
        runtime.block_on(async {
            let mut stop = signal(SignalKind::terminate()).context("cannot wait for signals")?;
            // Without this the signal would end the daemon.
            let mut reload = signal(SignalKind::hangup()).context("cannot wait for signals")?;
            let mut daemon = Daemon::start(house, engine, tell)?;
            screen.line("ready");
            loop {
                tokio::select! {
                    _ = tokio::signal::ctrl_c() => break,
                    _ = stop.recv() => break,
                    _ = reload.recv() => daemon.reload().await,
                    () = daemon.broken() => {
                        anyhow::bail!("the core broke; nobody watches until vigie is started again")
                    }
                }
            }
            screen.line("stopping: what was read is kept, letters on their way may finish");
            daemon.stop().await;
            Ok(Exit::Fine)
        })
    }
}

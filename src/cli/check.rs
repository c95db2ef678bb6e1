//! `vigie check`: every problem of every file, in one pass.

mod explain;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::exit::Exit;
use super::findings::{self, counted};
use super::place::{Place, here};
use super::screen::Screen;
use super::status::unarmed_words;
use crate::base::id::SourceName;
use crate::base::language::{Language, Text};
use crate::check::{self, Contents, Deployment, Understood};
use crate::daemon::clock;
use crate::text::diagnostic::{Diagnostic, has_errors};
use crate::watch::sigma::Engine;
use crate::words::check as words;

/// Checks a site's files, or rules and playbooks on their own
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Site folders, rule files or folders, playbooks
    #[arg(default_values_os_t = [here()])]
    paths: Vec<PathBuf>,
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
    /// Explain a kind of finding by its code, such as V102
    #[arg(long, value_name = "CODE", conflicts_with_all = ["paths", "list"])]
    explain: Option<String>,
    /// List every kind of finding
    #[arg(long, conflicts_with = "paths")]
    list: bool,
}

impl Check {
    #[expect(clippy::unnecessary_wraps, reason = "all commands have the same shape")]
    pub(super) fn run(self, screen: Screen) -> Result<Exit> {
        let screen = self.on(screen);
        if let Some(code) = &self.explain {
            return Ok(explain::explain(screen, code, self.json));
        }
        if self.list {
            return Ok(explain::list(screen, self.json));
        }
        let mut found = Vec::new();
        let mut read = Vec::new();
        for path in &self.paths {
            read.extend(check_path(path, &mut found));
        }
        // Beside mistakes, what is there and what fits would only mislead.
        if !self.json && !has_errors(&found) {
            for Read { inside, words } in &read {
                screen.row().put(if *inside { "  " } else { "" }).put(words).end();
            }
        }
        findings::show(screen, &found, self.json);
        Ok(if has_errors(&found) { Exit::Findings } else { Exit::Fine })
    }

    /// The screen, in the language of the site where the terminal says none.
    fn on(&self, screen: Screen) -> Screen {
        self.paths.iter().fold(screen, |screen, path| Place { site: path.clone() }.on(screen))
    }
}

/// Something that was read, or something inside of what was.
struct Read {
    inside: bool,
    words: Text,
}

/// Checks whatever is at `path`, and says what was there.
fn check_path(path: &Path, found: &mut Vec<Diagnostic>) -> Vec<Read> {
    let mut contents = Contents::of(path, found);
    if contents.is_empty() && path.is_dir() {
        // Says which files a site needs.
        contents.sites.push(path.to_owned());
    }
    let mut read: Vec<Text> = Vec::new();
    let mut sites = Vec::new();
    for site in &contents.sites {
        sites.extend(check_site(site, found));
    }
    for playbook in &contents.playbooks {
        if let Some(script) = check::open_script_on(&contents.ground, playbook, found) {
            read.push(words::playbook_of(counted(script.playbook.timeline.len()), playbook.display()));
        }
    }
    let pipelines = check::pipelines_on(&contents.ground, &contents.pipelines, found);
    read.extend(pipelines.iter().map(|pipeline| words::pipeline(&pipeline.name)));
    if !contents.rules.is_empty() {
        check::compile(&contents.rules, &BTreeMap::new(), found);
        read.push(words::rule_files(counted(contents.rules.len()), path.display()));
    }
    sites.extend(read.into_iter().map(|words| Read { inside: false, words }));
    sites
}

fn check_site(site: &Path, found: &mut Vec<Diagnostic>) -> Vec<Read> {
    let mut own = Vec::new();
    let opened = check::open(site, &mut own);
    let sound = !has_errors(&own);
    found.append(&mut own);
    let Some((deployment, engine)) = opened else { return Vec::new() };
    let mut logs = Vec::new();
    if sound {
        check::check_logs(&deployment.site, clock::now(), found);
        check::check_rotas(&deployment.site, clock::now(), found);
        let today = clock::now().to_zoned(deployment.site.settings.zone.clone()).date();
        check::check_duties(&deployment.site, today, found);
        logs = check::understood(&deployment.site, &engine, found);
    }
    let unwatched: Vec<Text> =
        logs.iter().filter(|(_, heard)| !heard.watched).map(|(source, _)| words::unwatched(source)).collect();
    let logs = logs.into_iter().map(|(source, heard)| read_as(&source, &heard)).chain(unwatched);
    let unfit = deployment.unfit.iter().map(|(id, why)| words::unfit(id, why));
    let inside = logs.chain(unfit).chain(not_armed(&deployment, &engine)).map(|words| Read { inside: true, words });
    std::iter::once(Read { inside: false, words: summary(&deployment, &engine) }).chain(inside).collect()
}

/// What the end of a source's logs was understood as.
fn read_as(source: &SourceName, heard: &Understood) -> Text {
    let formats: Vec<&str> = heard.formats.iter().map(|format| format.word()).collect();
    match (formats.is_empty(), heard.unknown) {
        (true, _) => words::read_as_nothing(heard.lines, source),
        (false, 0) => words::read_as(heard.lines, source, formats.join(", ")),
        (false, unknown) => words::read_partly(heard.lines, source, formats.join(", "), unknown, heard.share()),
    }
}

/// Rules that nothing here can feed, by reason. No mistake: a pack is for more logs than any one site has.
fn not_armed(deployment: &Deployment, engine: &Engine) -> Vec<Text> {
    let probed = deployment.probe_logs(engine);
    let reasons = check::by_reason(&check::Readiness::at(&deployment.site, &probed).not_armed(engine));
    unarmed_words(reasons.iter().map(|(why, rules)| (why, &rules[..])))
}

/// What is in a site, in one line.
pub(super) fn summary(deployment: &Deployment, engine: &Engine) -> Text {
    let site = &deployment.site;
    let parts = [
        words::sources(counted(site.settings.sources.len())),
        words::rules(counted(engine.rules().filter(|rule| rule.emits).count())),
        words::people(counted(site.roster.people.len())),
        words::rotas(counted(site.roster.rotas.len())),
        words::chains(counted(site.chains.len())),
        words::channels(counted(site.settings.channels.len())),
        words::playbooks(counted(deployment.playbooks.len())),
    ];
    words::of(&site.settings.name, listed(&parts))
}

/// Parts of a sentence, with commas between them.
fn listed(parts: &[Text]) -> Text {
    let of = |language| parts.iter().map(|part| part.get(language)).collect::<Vec<_>>().join(", ");
    Text::both(&of(Language::Fr), &of(Language::En))
}

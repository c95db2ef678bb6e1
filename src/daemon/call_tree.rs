//! The call tree for paper, written anew by the daemon whenever it says something else: when the site's files are taken up,
//! when somebody's turn passes on, and once a day, for it shows the next two weeks.

mod sheet;

use std::fs::Permissions;
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::clock;
use crate::alert::oncall::{Roster, Target};
use crate::check::Deployment;
use crate::core::Input;
use crate::site::Site;

pub(crate) use sheet::html;

/// So many days of the plan.
const DAYS: u16 = 14;
/// The longest time between two of them.
const DAILY: SignedDuration = SignedDuration::from_hours(24);
/// People's numbers are for vigie's account and its group.
const MODE: u32 = 0o640;
/// A turn that passes on is a moment past.
const SOON: SignedDuration = SignedDuration::from_secs(1);

/// Writes the call tree of the site as it is, now and whenever it changes, until told to stop.
pub(super) async fn keep(
    mut site: watch::Receiver<Arc<Deployment>>,
    inputs: mpsc::Sender<Input>,
    stop: CancellationToken,
) {
    loop {
        let deployment = site.borrow_and_update().clone();
        let now = clock::now();
        let rest = until_next(&deployment.site.roster, now);
        if let Some(path) = deployment.site.settings.call_tree.clone() {
            let written = tokio::task::spawn_blocking(move || write(&deployment.site, &path, now));
            // A folder of another machine may never answer.
            let written = tokio::select! {
                () = stop.cancelled() => return,
                written = written => written,
            };
            let why = written.unwrap_or_else(|error| Err(io::Error::other(error))).err();
            // Nobody is left to tell when the daemon is gone.
            drop(inputs.send(Input::CallTree { why: why.map(|error| error.to_string()) }).await);
        }
        tokio::select! {
            () = stop.cancelled() => return,
            changed = site.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(rest) => {}
        }
    }
}

/// How long until it says something else.
fn until_next(roster: &Roster, now: Timestamp) -> Duration {
    let rotas = roster.rotas.keys().cloned().map(Target::Rota);
    let next = rotas.filter_map(|rota| roster.next_change(&rota, now, DAILY)).min();
    let rest = next.map_or(DAILY, |next| next.duration_since(now) + SOON).min(DAILY);
    rest.try_into().unwrap_or(Duration::from_hours(24))
}

/// Puts the sheet in the place of the one before, whole: whoever prints meanwhile has one of the two.
fn write(site: &Site, path: &Path, now: Timestamp) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().permissions(Permissions::from_mode(MODE)).tempfile_in(folder)?;
    file.write_all(html(site, now, DAYS, site.settings.language).as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::oncall::{Handovers, Person, Rota};
    use crate::base::language::Language;

    #[test]
    fn it_is_written_anew_when_a_turn_passes_on_and_once_a_day() {
        let now: Timestamp = "2026-11-21T07:59:00Z".parse().expect("an instant");
        assert_eq!(until_next(&Roster::default(), now), Duration::from_hours(24));
        let rota = |members: &[&str]| Rota {
            id: "nights".into(),
            handovers: Handovers::new(jiff::tz::TimeZone::UTC, [(None, jiff::civil::time(8, 0, 0, 0))]),
            members: members.iter().map(|member| (*member).into()).collect(),
            start: Timestamp::UNIX_EPOCH,
            otherwise: None,
            shifts: Vec::new(),
            covers: Vec::new(),
            calendar: None,
        };
        let person = |id: &str| Person {
            id: id.into(),
            name: id.to_owned(),
            language: Language::Fr,
            addresses: Vec::new(),
            phone: None,
            accounts: Vec::new(),
            away: Vec::new(),
            quiet: None,
        };
        let people = ["a", "b"].map(|id| (id.into(), person(id)));
        let roster = |members| Roster {
            people: people.clone().into(),
            rotas: [("nights".into(), rota(members))].into(),
            ..Roster::default()
        };
        assert_eq!(until_next(&roster(&["a", "b"]), now), Duration::from_secs(61));
        // Nobody comes on.
        assert_eq!(until_next(&roster(&["a"]), now), Duration::from_hours(24));
    }
}

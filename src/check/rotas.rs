//! Whether somebody is on call now, in each rota of a site.

use jiff::Timestamp;

use crate::finding::people::nobody_yet;
use crate::site::Site;
use crate::text::diagnostic::Diagnostic;

/// Adds a finding for each rota that has members, and nobody on call before the first turn of theirs.
pub fn check_rotas(site: &Site, now: Timestamp, found: &mut Vec<Diagnostic>) {
    for rota in site.roster.rotas.values() {
        if rota.start > now && rota.otherwise.is_none() {
            let start = rota.start.to_zoned(rota.handovers.zone().clone()).strftime("%Y-%m-%d %H:%M");
            found.push(nobody_yet(&rota.id, start).of_file(&site.folder.join("people.yaml")));
        }
    }
}

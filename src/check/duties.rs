//! Whether what a site declares was looked up lately.

use jiff::civil::Date;

use crate::site::Site;
use crate::text::diagnostic::Diagnostic;

/// Adds a finding for each duty of a chain whose sources were looked at too long ago on this day, at its place.
pub(crate) fn check_duties(site: &Site, today: Date, found: &mut Vec<Diagnostic>) {
    let stale = site.declared.iter().filter(|declared| declared.duty.status.binds() && declared.duty.is_stale(today));
    found.extend(stale.map(|declared| declared.stale.clone()));
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn what_was_looked_up_long_ago_is_said_where_it_stands() {
        let valmont = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/valmont");
        let site = crate::site::load(&valmont, &mut Vec::new()).expect("a site");
        for (today, codes) in [("2026-12-01", &[][..]), ("2027-05-29", &[]), ("2027-05-30", &["V171"])] {
            let mut found = Vec::new();
            check_duties(&site, today.parse().expect("a day"), &mut found);
            assert_eq!(found.iter().map(|found| found.code().0).collect::<Vec<_>>(), codes, "{today}");
            for stale in &found {
                assert!(stale.source.name().ends_with("chains.yaml"), "{}", stale.source.name());
                assert_eq!(stale.source.slice(stale.span), "cert-sante");
            }
        }
    }
}

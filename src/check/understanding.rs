//! What the logs of a site are understood as: the format of each, and how many of the lines at its end are of none.
//! Looked at when somebody asks; only read.

use super::log_probe::{LOOKED_AT, real_lines};
use crate::base::id::SourceName;
use crate::finding::site as finding;
use crate::site::{Site, SourceSettings};
use crate::text::diagnostic::Diagnostic;
use crate::watch::format::{Decoded, Decoder, Format};
use crate::watch::sigma::Engine;

/// What the end of a source's logs was understood as.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Understood {
    /// The formats, those that were found out or the one that the site names.
    pub(crate) formats: Vec<Format>,
    /// Lines that were looked at.
    pub(crate) lines: u64,
    /// Those of them that are of no known format, or not of the one that the site names.
    pub(crate) unknown: u64,
    /// Whether a rule is for any of them.
    pub(crate) watched: bool,
}

impl Understood {
    /// How much of it was not understood, in percent, rounded up: one line of a thousand is not nothing.
    pub(crate) fn share(&self) -> u64 {
        (self.unknown * 100).div_ceil(self.lines.max(1))
    }
}

/// What the sources of `site` were understood as, those that have written anything; adds a finding for each of which half
/// or more was not.
pub(crate) fn understood(site: &Site, engine: &Engine, found: &mut Vec<Diagnostic>) -> Vec<(SourceName, Understood)> {
    let file = site.folder.join("vigie.yaml");
    let mut all = Vec::new();
    for source in &site.settings.sources {
        let heard = of_source(source, engine);
        if heard.lines == 0 {
            continue;
        }
        if heard.unknown * 2 >= heard.lines {
            let Understood { lines, unknown, .. } = heard;
            found.push(finding::not_understood(unknown, &source.name, lines, source.format.word()).of_file(&file));
        }
        all.push((source.name.clone(), heard));
    }
    all
}

fn of_source(source: &SourceSettings, engine: &Engine) -> Understood {
    let mut heard = Understood::default();
    let mut matcher = engine.matcher();
    for end in source.lines.endings(LOOKED_AT) {
        let mut decoder = Decoder::new(source.format, source.zone.clone(), source.logsource.clone());
        for line in real_lines(&end) {
            let what = match line.cut_from {
                Some(_) => decoder.decode_head(end.written, &line.text),
                None => decoder.decode(end.written, &line.text),
            };
            heard.lines += 1;
            heard.unknown += u64::from(matches!(what, Decoded::Unknown(_) | Decoded::Malformed { .. }));
            let events = match what {
                Decoded::Event(event) | Decoded::Unknown(event) if !heard.watched => vec![event],
                Decoded::Malformed { event, .. } if !heard.watched => vec![*event],
                Decoded::Several(events) if !heard.watched => events,
                _ => Vec::new(),
            };
            heard.watched |= events.iter().any(|event| matcher.look(event).is_ok() && matcher.take_watched());
        }
        if let Some(format) = decoder.picked().filter(|format| !heard.formats.contains(format)) {
            heard.formats.push(format);
        }
    }
    heard
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{open, write_example};

    /// What is said of the example hospital with these lines in the log of its portal.
    fn said(format: &str, lines: &str) -> (Understood, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        write_example(folder.path()).unwrap();
        let settings = folder.path().join("vigie.yaml");
        let text = std::fs::read_to_string(&settings).unwrap();
        assert!(text.contains("format: combined"), "{text}");
        std::fs::write(&settings, text.replace("format: combined", &format!("format: {format}"))).unwrap();
        std::fs::create_dir(folder.path().join("logs")).unwrap();
        std::fs::write(folder.path().join("logs/portail.log"), lines).unwrap();
        let (deployment, engine) = open(folder.path(), &mut Vec::new()).unwrap();
        let mut found = Vec::new();
        let mut all = understood(&deployment.site, &engine, &mut found);
        assert!(all.len() <= 1, "{all:?}");
        (all.pop().map(|(_, heard)| heard).unwrap_or_default(), found.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_log_is_said_to_be_what_it_is() {
        let access = "10.0.0.1 - - [21/Nov/2026:19:28:23 +0000] \"GET / HTTP/1.1\" 200 1\n";
        let odd = "(29512) Login incorrect: [test] (from client LAN port 0)\n";
        let of = |format, lines, unknown| Understood {
            formats: Vec::from_iter(format),
            lines,
            unknown,
            watched: format == Some(Format::Combined) && unknown < lines,
        };
        for (format, lines, wanted, findings) in [
            ("combined", String::new(), of(None, 0, 0), 0),
            ("combined", access.repeat(3), of(Some(Format::Combined), 3, 0), 0),
            ("auto", access.repeat(3) + odd, of(Some(Format::Combined), 4, 1), 0),
            ("auto", odd.repeat(3), of(None, 3, 3), 1),
            ("combined", odd.repeat(3), of(Some(Format::Combined), 3, 3), 1),
        ] {
            let (heard, found) = said(format, &lines);
            assert_eq!((heard, found.len()), (wanted, findings), "{format} {lines} {found:?}");
            assert!(found.iter().all(|said| said.contains("[V119]") && said.contains("3 of 3")), "{found:?}");
        }
        assert_eq!(of(None, 1000, 1).share(), 1);
    }
}

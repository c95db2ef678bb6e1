//! Which kinds of logs a source can speak of, before a line of it was read: what its format says, and what the site says
//! about it. The counterpart of the table in `format`; knows no rules.

use super::Format;
use crate::watch::event::Logsource;

/// A kind of log that a source can bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Possible {
    product: Words,
    service: Words,
    category: Words,
}

/// What can stand in one part of a log source.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Words {
    /// Whatever the lines say.
    Any,
    /// One of these, or nothing.
    Of(Vec<String>),
}

impl Words {
    fn of(words: &[&str]) -> Self {
        Self::Of(words.iter().map(|word| (*word).to_owned()).collect())
    }

    fn can_be(&self, wanted: Option<&str>) -> bool {
        match (self, wanted) {
            (_, None) | (Self::Any, _) => true,
            (Self::Of(words), Some(wanted)) => words.iter().any(|word| word.eq_ignore_ascii_case(wanted)),
        }
    }
}

impl Possible {
    fn new(product: &[&str], service: Words, category: &[&str]) -> Self {
        Self { product: Words::of(product), service, category: Words::of(category) }
    }

    /// Whether an event of this kind can have everything that is named here.
    pub fn can_be(&self, product: Option<&str>, service: Option<&str>, category: Option<&str>) -> bool {
        self.product.can_be(product) && self.service.can_be(service) && self.category.can_be(category)
    }

    /// As the decoder does it: a service belongs to its product and goes with it, categories are added.
    fn overridden(mut self, own: &Logsource) -> Self {
        if let Some(product) = &own.product {
            if !self.product.can_be(Some(product)) {
                self.service = Words::of(&[]);
            }
            self.product = Words::Of(vec![product.clone()]);
        }
        if let Some(service) = &own.service {
            self.service = Words::Of(vec![service.clone()]);
        }
        if let Words::Of(words) = &mut self.category {
            words.extend(own.category.iter().cloned());
        }
        self
    }
}

/// The kinds of logs that a source of `format` can bring; `own` is the source's own log source.
pub fn possible(format: Format, own: Option<&Logsource>) -> Vec<Possible> {
    let said = said(format);
    match own {
        Some(own) => said.into_iter().map(|possible| possible.overridden(own)).collect(),
        None => said,
    }
}

/// What the format alone says: see the table of `format`.
fn said(format: Format) -> Vec<Possible> {
    let samba = |service| Possible::new(&["samba"], Words::of(&[service]), &[]);
    match format {
        Format::Auto => {
            let picked = Format::ALL.into_iter().filter(|other| !matches!(other, Format::Auto | Format::Plain));
            picked.flat_map(said).collect()
        }
        // Programs with a format of their own may speak inside it.
        Format::Syslog => {
            let inside = [
                Format::SambaAudit,
                Format::SambaJson,
                Format::Orthanc,
                Format::OpenCanary,
                Format::Combined,
                Format::Json,
                Format::Auditd,
            ];
            // The firewall of the kernel is one of its categories.
            let own = Possible::new(&["linux"], Words::Any, &["firewall"]);
            std::iter::once(own).chain(inside.into_iter().flat_map(said)).collect()
        }
        Format::Combined => vec![request()],
        // Events of Windows and of the Linux audit system are known as such. What a collector labels otherwise, the site
        // has to say.
        Format::Json => {
            let windows: Vec<&str> = super::windows_services().collect();
            let any = |product, services: &[&str]| Possible {
                category: Words::Any,
                ..Possible::new(&[product], Words::of(services), &[])
            };
            vec![request(), any("windows", &windows), any("linux", &["sysmon", "auditd"])]
        }
        Format::Auditd => vec![Possible::new(&["linux"], Words::of(&["auditd"]), &["process_creation"])],
        Format::Dcmtk => vec![Possible::new(&["dcmtk"], Words::Any, &[])],
        Format::Orthanc => vec![Possible::new(&["orthanc"], Words::Any, &[])],
        Format::SambaAudit => vec![samba("full_audit")],
        Format::SambaJson => vec![samba("auth_audit")],
        Format::OpenCanary => vec![Possible::new(&["opencanary"], Words::of(&[]), &["application"])],
        Format::Plain => vec![Possible::new(&[], Words::of(&[]), &[])],
    }
}

fn request() -> Possible {
    Possible::new(&[], Words::of(&[]), &["webserver"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn can_be(format: Format, own: Option<&Logsource>, wanted: [&str; 3]) -> bool {
        let word = |at: usize| Some(wanted[at]).filter(|word| !word.is_empty());
        possible(format, own).iter().any(|possible| possible.can_be(word(0), word(1), word(2)))
    }

    #[test]
    fn a_format_can_be_what_its_lines_say() {
        for (format, wanted, can) in [
            (Format::Syslog, ["linux", "sshd", ""], true),
            (Format::Syslog, ["samba", "full_audit", ""], true),
            (Format::Syslog, ["linux", "", "process_creation"], true),
            (Format::Syslog, ["macos", "", ""], false),
            (Format::Syslog, ["windows", "security", ""], true),
            (Format::Orthanc, ["orthanc", "dicom", ""], true),
            (Format::Orthanc, ["samba", "", ""], false),
            (Format::SambaJson, ["samba", "full_audit", ""], false),
            (Format::SambaJson, ["SAMBA", "auth_audit", ""], true),
            (Format::Combined, ["", "", "webserver"], true),
            (Format::Combined, ["nginx", "", "webserver"], false),
            (Format::OpenCanary, ["opencanary", "", "application"], true),
            (Format::Auto, ["orthanc", "", ""], true),
            (Format::Auto, ["windows", "sysmon", "process_creation"], true),
            (Format::Auto, ["macos", "", ""], false),
            (Format::Json, ["", "", ""], true),
            (Format::Plain, ["", "", ""], true),
            (Format::Plain, ["linux", "", ""], false),
            (Format::Plain, ["", "", "webserver"], false),
        ] {
            assert_eq!(can_be(format, None, wanted), can, "{format} {wanted:?}");
        }
    }

    #[test]
    fn the_sites_own_words_go_before() {
        let own = |product: &str, service: Option<&str>, category: &[&str]| Logsource {
            product: Some(product.to_owned()),
            service: service.map(str::to_owned),
            category: category.iter().map(|word| (*word).to_owned()).collect(),
        };
        let windows = own("windows", Some("security"), &["process_creation"]);
        assert!(can_be(Format::Json, Some(&windows), ["windows", "security", "process_creation"]));
        assert!(can_be(Format::Json, Some(&windows), ["windows", "", "webserver"]));
        assert!(!can_be(Format::Json, Some(&windows), ["windows", "system", ""]));
        // A service of another product is not theirs.
        assert!(!can_be(Format::Syslog, Some(&own("fortigate", None, &[])), ["fortigate", "sshd", ""]));
        assert!(can_be(Format::Syslog, Some(&own("linux", None, &[])), ["linux", "sshd", ""]));
        // Of plain lines nothing else is known.
        let nginx = own("nginx", Some("error"), &["webserver"]);
        assert!(can_be(Format::Plain, Some(&nginx), ["nginx", "error", "webserver"]));
        assert!(!can_be(Format::Plain, Some(&nginx), ["nginx", "access", ""]));
        assert!(!can_be(Format::Plain, Some(&own("nginx", None, &[])), ["nginx", "error", ""]));
    }
}

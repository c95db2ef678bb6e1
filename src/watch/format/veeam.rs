//! What Veeam Backup & Replication reports: structured data of RFC 5424 with a number for each kind of event, whose values may
//! lack their quotes or hold XML with quotes of its own.

use super::draft::{Draft, Fields, Misfit, Outcome, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::shared::{Names, outcome};
use super::structured;
use super::time::When;
use crate::watch::event::Logsource;

/// Veeam's own lines.
pub(super) struct Veeam;

impl Kind for Veeam {
    const IN_SYSLOG: bool = true;

    fn read(text: &str, _: When<'_>, _: &mut Memory) -> Reading {
        if !is(text) {
            return Err(Misfit("no report of Veeam"));
        }
        let mut draft = Draft::default();
        structured::describe("", text, &mut draft.fields);
        describe(&mut draft);
        Ok(Some(draft))
    }

    fn sniff(text: &str, _: When<'_>) -> Option<Surety> {
        Surety::certain(is(text))
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::of(&["veeam"], &["backup"], &[])]
    }
}

/// Whether `text` is structured data of Veeam.
pub(super) fn is(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('[') && (text.starts_with("[categoryId=") || text.starts_with("[origin enterpriseId=\"31023\""))
}

/// Says of a draft that has the values of Veeam's structured data what they mean.
pub(super) fn describe(draft: &mut Draft) {
    const NAMES: [Names; 5] = [
        ("user", &["UserName", "InitiatorName", "AccountName"]),
        ("src_ip", &["IpAddress", "ClientIp", "InitiatorIP", "HostIp"]),
        ("action", &["instanceId"]),
        (
            "object",
            &[
                "JobName",
                "ObjectName",
                "VmName",
                "RepositoryName",
                "HostName",
                "PointName",
                "BackupName",
                "AccountName",
            ],
        ),
        ("message", &["Description"]),
    ];
    let service = Some("backup".into());
    draft.logsource = Logsource { category: Vec::new(), product: Some("veeam".into()), service };
    let fields = &mut draft.fields;
    fields.0.retain(|(name, value)| {
        name != "message" || matches!(value, crate::watch::event::Value::Text(text) if !text.is_empty())
    });
    fields.share(&NAMES);
    let result = result(fields);
    fields.outcome(result);
}

/// How it ended: by the number of a result, or by what the description says.
fn result(fields: &Fields) -> Outcome {
    match fields.first(&["Result", "JobResult"]) {
        Some("0" | "1" | "True") => Outcome::Success,
        Some("2" | "False") => Outcome::Failure,
        _ => fields.first(&["Description"]).and_then(outcome).unwrap_or(Outcome::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<Draft> {
        let zone = TimeZone::UTC;
        Veeam::read(text, When { arrived: Timestamp::UNIX_EPOCH, zone: &zone }, &mut Memory::default()).ok().flatten()
    }

    #[test]
    fn values_are_read_around_what_is_broken_in_them() {
        let line = r#"[categoryId=0 instanceId=23090 JobName="PACS [nuit]" ChangesXML="<changes><object><property internal="JobOptions" v="1"></property></object></changes>" UserName="CH\adm" Version="1" Description="Job "PACS" has been deleted."]"#;
        let draft = read(line).unwrap();
        for (name, wanted) in [
            ("user", "CH\\adm"),
            ("action", "23090"),
            ("object", "PACS [nuit]"),
            ("message", "Job \"PACS\" has been deleted."),
            ("ChangesXML", r#"<changes><object><property internal="JobOptions" v="1"></property></object></changes>"#),
            ("outcome", "unknown"),
        ] {
            assert_eq!(draft.fields.text(name), Some(wanted), "{name}");
        }
        assert_eq!(draft.logsource.product.as_deref(), Some("veeam"));
        for (result, wanted) in [("0", "success"), ("1", "success"), ("2", "failure")] {
            let line = format!(r#"[categoryId=0 instanceId=190 Result="{result}" Description="has finished"]"#);
            assert_eq!(read(&line).unwrap().fields.text("outcome"), Some(wanted));
        }
    }

    proptest! {
        #[test]
        fn nothing_is_too_odd(text in "[\\[\\]\"\\\\= a<>/é-]{0,60}") {
            drop(read(&format!("[categoryId=0 {text}")));
            drop(read(&text));
        }
    }
}

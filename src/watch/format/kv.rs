//! Lines made of `name=value`: `FortiGate`, Stormshield, Sophos, Ivanti, `SonicWall`, Check Point, Wallix, and whatever program
//! writes logfmt. Alone, or as the message of a syslog line.

pub(super) mod pairs;
mod vendor;

use jiff::Timestamp;
use jiff::tz::Offset;

use self::pairs::Pairs;
use self::vendor::{VENDORS, Vendor};
use super::draft::{Draft, Fields, Misfit, Reading};
use super::kind::{Kind, Memory, Surety};
use super::origin::Possible;
use super::shared::Names;
use super::time::{self, Reader, When};
use crate::base::epoch;

/// Names and values.
pub(super) struct Kv;

impl Kind for Kv {
    const IN_SYSLOG: bool = true;

    fn read(text: &str, when: When<'_>, _: &mut Memory) -> Reading {
        said(text, when).map(|found| Some(found.draft)).ok_or(Misfit("no names and values"))
    }

    fn sniff(text: &str, when: When<'_>) -> Option<Surety> {
        let found = said(text, when)?;
        Some(if found.is_known { Surety::Certain } else { Surety::Likely })
    }

    fn possible() -> Vec<Possible> {
        VENDORS.iter().map(|vendor| Possible::of(&[vendor.product], vendor.services, &["firewall"])).collect()
    }
}

/// What was found in a line of names and values.
pub(super) struct Found {
    pub(super) draft: Draft,
    /// Whether the program is one that vigie knows.
    pub(super) is_known: bool,
    /// Whether its time is an instant, whatever zone the source is in.
    pub(super) is_instant: bool,
}

/// What a message of names and values says; nothing where it is none, or too little of one to be told from a sentence.
pub(super) fn said(text: &str, when: When<'_>) -> Option<Found> {
    let text = text.trim_start();
    let (mark, inside) = marked(text);
    // Looked at in every message: most have no equals sign behind their first word.
    pairs::named(inside)?;
    let pairs = Pairs::of(inside)?;
    let vendor = VENDORS.iter().find(|vendor| (vendor.is)(&pairs, mark));
    if vendor.is_none() && !is_logfmt(&pairs) {
        return None;
    }
    let instant = instant(&pairs);
    let mut draft = Draft { time: instant.or_else(|| local(&pairs, when)), ..Draft::default() };
    if let Some(vendor) = vendor {
        draft.logsource = vendor.logsource(&pairs, mark);
        vendor.before(&pairs, &mut draft.fields);
    }
    for (name, value) in &pairs.all {
        draft.fields.put(name, value.as_ref());
    }
    draft.fields.put_said("section", mark);
    draft.fields.put_said("rest", Some(pairs.rest));
    name(vendor, &mut draft.fields);
    Some(Found { draft, is_known: vendor.is_some(), is_instant: instant.is_some() })
}

/// `[SSH Session] session_id="…"`: the mark that some programs write before their pairs.
fn marked(text: &str) -> (Option<&str>, &str) {
    let marked = text.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    marked.filter(|(mark, _)| mark.len() <= 40).map_or((None, text), |(mark, rest)| (Some(mark), rest.trim_start()))
}

/// Whether there is what every logfmt line has: a level or a message, and something beside it.
fn is_logfmt(pairs: &Pairs<'_>) -> bool {
    const NAMES: [&str; 8] = ["level", "lvl", "msg", "message", "ts", "time", "action", "event"];
    let known = NAMES.iter().filter(|name| pairs.has(name)).count();
    let packet = pairs.has("SRC") && pairs.has("DST");
    let audit = pairs.get("msg").is_some_and(|text| text.starts_with("audit("));
    !packet && !audit && (known >= 2 || (known == 1 && pairs.all.len() >= 4))
}

/// Adds the shared names.
fn name(vendor: Option<&Vendor>, fields: &mut Fields) {
    const ALL: [Names; 9] = [
        ("host", &["devname", "device_name", "dvchost", "hostname", "host_name"]),
        ("user", &["user_name", "usr", "srcuser", "susr", "username", "login", "unauthuser"]),
        ("src_ip", &["srcip", "src", "remip", "client_ip", "clientip", "source_ip", "remote_addr"]),
        ("src_port", &["srcport", "spt", "remport"]),
        ("dst_ip", &["dstip", "dst", "target_ip", "destination", "dest_ip"]),
        ("dst_port", &["dstport", "dpt"]),
        ("action", &["act", "fw_action", "log_subtype", "disp", "op", "event"]),
        ("object", &["cfgobj", "filename", "file", "url", "target", "dstname", "path"]),
        ("message", &["msg", "logdesc", "message", "reason"]),
    ];
    if let Some(vendor) = vendor {
        fields.share(vendor.names);
    }
    fields.share(&ALL);
    fields.outcome_by(&[
        "outcome",
        "status",
        "result",
        "action",
        "fw_action",
        "log_subtype",
        "type",
        "msg",
        "logdesc",
        "reason",
    ]);
    fields.sum_bytes(&[("sentbyte", "rcvdbyte"), ("sent_bytes", "recv_bytes"), ("sent", "rcvd")]);
}

/// When it happened, where that is an instant: since 1970, or with an offset.
fn instant(pairs: &Pairs<'_>) -> Option<Timestamp> {
    const SINCE: [&str; 3] = ["eventtime", "ts", "time"];
    const WHOLE: [&str; 4] = ["timestamp", "time", "ts", "t"];
    let since = |name: &&str| epoch::instant(pairs.get(name)?.parse().ok()?);
    let whole = |name: &&str| {
        let mut reader = Reader(pairs.get(name)?.trim());
        let at = reader.date_time()?;
        let rest = reader.0.trim();
        let offset = if matches!(rest, "UTC" | "GMT") { Offset::UTC } else { Reader(rest).offset()? };
        offset.to_timestamp(at).ok()
    };
    let apart = || {
        let offset = Reader(pairs.get("tz")?.trim()).offset()?;
        offset.to_timestamp(civil(pairs)?).ok()
    };
    SINCE.iter().find_map(since).or_else(|| WHOLE.iter().find_map(whole)).or_else(apart)
}

/// The same by the clock of the source's zone.
fn local(pairs: &Pairs<'_>, when: When<'_>) -> Option<Timestamp> {
    let written = || ["timestamp", "time", "ts"].iter().find_map(|name| time::written(pairs.get(name)?, when));
    civil(pairs).and_then(|at| when.local(at)).or_else(written)
}

/// A date and a time without a zone: in one field, or in two.
fn civil(pairs: &Pairs<'_>) -> Option<jiff::civil::DateTime> {
    let time = pairs.get("time")?;
    let both = match pairs.get("date") {
        Some(date) => format!("{date} {time}"),
        None => time.to_owned(),
    };
    Reader(both.trim()).date_time()
}

#[cfg(test)]
mod tests;

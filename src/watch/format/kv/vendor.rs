//! The vendors whose names and values vigie knows: by what, what rules call them, and what their names mean.

use super::pairs::Pairs;
use crate::watch::event::Logsource;
use crate::watch::format::draft::Fields;
use crate::watch::format::shared::{Names, endpoint, is_said};

/// A vendor.
pub(super) struct Vendor {
    /// Whether a line is its, and of the mark before it.
    pub(super) is: fn(&Pairs<'_>, Option<&str>) -> bool,
    pub(super) product: &'static str,
    /// The field that says which part of the product it is; nothing where the mark does.
    service: Option<&'static str>,
    /// What those parts are called.
    pub(super) services: &'static [&'static str],
    /// What its names mean beside the usual.
    pub(super) names: &'static [Names],
    /// What is only said inside a sentence.
    spoken: fn(&Pairs<'_>, &mut Fields),
}

/// In the order in which they are asked.
pub(super) const VENDORS: &[Vendor] = &[
    Vendor {
        is: |pairs, _| {
            let named = pairs.has("devid") || pairs.has("devname") || pairs.has("ui") || pairs.has("cfgpath");
            named && (pairs.has("logid") || pairs.has("logdesc"))
        },
        product: "fortigate",
        service: Some("type"),
        services: &["event", "traffic", "utm", "anomaly", "app-ctrl", "gtp"],
        names: &[
            ("user", &["user", "unauthuser", "initiator"]),
            ("object", &["cfgobj", "filename", "url", "hostname"]),
        ],
        spoken: by_interface,
    },
    Vendor {
        is: |pairs, _| is_firewall(pairs) && pairs.has("vpn") && pairs.has("realm"),
        product: "ivanti",
        service: Some("type"),
        services: &["vpn", "mgmt", "firewall"],
        names: &[("host", &["fw"]), ("object", &["arg", "dst"])],
        spoken: by_code,
    },
    Vendor {
        is: |pairs, _| is_firewall(pairs) && pairs.has("sn") && pairs.has("m"),
        product: "sonicwall",
        service: None,
        services: &[],
        names: &[
            ("host", &["fw"]),
            ("user", &["usr", "user", "susr"]),
            ("object", &["dstname", "arg", "fileid"]),
            ("action", &["fw_action", "op", "m"]),
        ],
        spoken: |_, _| {},
    },
    Vendor {
        is: |pairs, _| pairs.has("fw") && (pairs.has("logtype") || (pairs.has("startime") && pairs.has("tz"))),
        product: "stormshield",
        service: Some("logtype"),
        services: &[
            "auth",
            "alarm",
            "filter",
            "connection",
            "vpn",
            "xvpn",
            "web",
            "system",
            "server",
            "plugin",
            "smtp",
            "pop3",
            "ftp",
            "ssl",
            "count",
            "monitor",
            "date",
            "filterstat",
            "authstat",
            "sandboxing",
        ],
        names: &[
            ("host", &["fw"]),
            ("object", &["arg", "dstname", "rulename"]),
            ("action", &["action", "method", "logtype"]),
        ],
        spoken: |_, _| {},
    },
    Vendor {
        is: |pairs, _| pairs.has("log_id") && (pairs.has("log_type") || pairs.has("log_component")),
        product: "sophos",
        service: Some("log_type"),
        services: &[
            "firewall",
            "event",
            "ips",
            "antivirus",
            "anti-virus",
            "anti-spam",
            "content_filtering",
            "atp",
            "waf",
            "wireless_protection",
            "heartbeat",
            "system_health",
            "sandbox",
            "ssl",
        ],
        names: &[("action", &["log_subtype", "status"]), ("object", &["url", "filename", "domain", "file_name"])],
        spoken: |_, _| {},
    },
    Vendor {
        is: |pairs, _| pairs.has("loguid") && (pairs.has("origin") || pairs.has("product")),
        product: "checkpoint",
        service: None,
        services: &[],
        names: &[
            ("host", &["origin"]),
            ("user", &["src_user_name", "user", "administrator"]),
            ("dst_port", &["service"]),
        ],
        spoken: |_, _| {},
    },
    Vendor {
        is: |pairs, mark| {
            mark.is_some() && (pairs.has("session_id") || pairs.has("client_ip") || pairs.has("session_uid"))
        },
        product: "wallix",
        service: None,
        services: &[
            "wabauth",
            "wabaudit",
            "ssh_session",
            "rdp_session",
            "sessionintegrity",
            "vault_activity",
            "vnc_session",
            "telnet_session",
        ],
        names: &[("action", &["action", "type"]), ("object", &["device", "target", "object", "data"])],
        spoken: |_, _| {},
    },
];

fn is_firewall(pairs: &Pairs<'_>) -> bool {
    pairs.get("id") == Some("firewall")
}

impl Vendor {
    /// What rules call it.
    pub(super) fn logsource(&self, pairs: &Pairs<'_>, mark: Option<&str>) -> Logsource {
        let word = |text: &str| text.trim().to_lowercase().replace(' ', "_");
        let service = self.service.and_then(|name| pairs.get(name)).or(mark).filter(|text| is_said(text)).map(word);
        let passes = ["traffic", "filter", "connection", "firewall", "plugin"];
        let is_traffic = service.as_deref().is_some_and(|service| passes.contains(&service))
            || (service.is_none() && pairs.has("src") && pairs.has("dst"));
        let category = if is_traffic { vec!["firewall".to_owned()] } else { Vec::new() };
        Logsource { category, product: Some(self.product.into()), service: service.map(Into::into) }
    }

    /// Adds what is only said inside a sentence.
    pub(super) fn before(&self, pairs: &Pairs<'_>, fields: &mut Fields) {
        (self.spoken)(pairs, fields);
    }
}

/// FortiGate says from where an administrator works in the name of the interface: `ui="https(192.0.2.7)"`.
fn by_interface(pairs: &Pairs<'_>, fields: &mut Fields) {
    let none = ["srcip", "remip", "src"].iter().all(|name| pairs.get(name).is_none_or(|text| !is_said(text)));
    let inside = pairs.get("ui").and_then(|ui| ui.split_once('(')?.1.strip_suffix(')'));
    if let Some((address, _)) = inside.filter(|_| none).and_then(endpoint) {
        fields.put("src_ip", address);
    }
}

/// Ivanti says what happened by a number at the beginning of the sentence: `msg="AUT23457: Login failed …"`.
fn by_code(pairs: &Pairs<'_>, fields: &mut Fields) {
    let code = pairs.get("msg").and_then(|text| text.split_once(": ")).map(|(code, _)| code);
    let is_code = |code: &&str| {
        matches!(code.len(), 6..=10)
            && code.bytes().take(3).all(|byte| byte.is_ascii_uppercase())
            && code.bytes().skip(3).all(|byte| byte.is_ascii_digit())
    };
    fields.put_said("action", code.filter(is_code));
}

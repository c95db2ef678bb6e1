//! What kinds of activity the numbers of Windows events stand for. One event can be of several kinds.
//!
//! Left out on purpose: network connections of the Security log (5156) and its registry (4657) and file (4663) audits.
//! They name programs and keys by their device (`\device\harddiskvolume2\…`, `\REGISTRY\MACHINE\…`), which none of the
//! exceptions of public rules fit, so the rules would name innocents all day. For the same reason `file_access` and
//! `file_rename`, which have no program at all in the kernel's own trace, only come from collectors that say so.

use super::Split;

/// The kinds of activity of event `id` in the log that rules call `service`.
pub(super) fn of(service: &str, id: i64) -> &'static [&'static str] {
    match service {
        "sysmon" => sysmon(id),
        "security" if id == 4688 => &["process_creation"],
        "powershell" => match id {
            4103 => &["ps_module"],
            4104 => &["ps_script"],
            _ => &[],
        },
        super::channel::CLASSIC => match id {
            400 => &["ps_classic_start"],
            600 => &["ps_classic_provider_start"],
            800 => &["ps_classic_script"],
            _ => &[],
        },
        // The ones that name a threat or a path.
        "windefend" if matches!(id, 1006..=1012 | 1017..=1019 | 1115..=1119) => &["antivirus"],
        _ => &[],
    }
}

fn sysmon(id: i64) -> &'static [&'static str] {
    match id {
        1 => &["process_creation"],
        2 => &["file_change"],
        3 => &["network_connection"],
        4 | 16 => &["sysmon_status"],
        5 => &["process_termination"],
        6 => &["driver_load"],
        7 => &["image_load"],
        8 => &["create_remote_thread"],
        9 => &["raw_access_thread"],
        10 => &["process_access"],
        11 => &["file_event"],
        12 => &["registry_event"],
        13 => &["registry_event", "registry_set"],
        14 => &["registry_event", "registry_rename"],
        15 => &["create_stream_hash"],
        17 | 18 => &["pipe_created"],
        19..=21 => &["wmi_event"],
        22 => &["dns_query"],
        23 => &["file_delete"],
        24 => &["clipboard_capture", "clipboard_change"],
        25 => &["process_tampering"],
        26 => &["file_delete", "file_delete_detected"],
        27 => &["file_block_executable"],
        28 => &["file_block_shredding"],
        29 => &["file_executable_detected"],
        255 => &["sysmon_error"],
        _ => &[],
    }
}

/// What else it may be, by what one of its fields says.
pub(super) fn split(service: &str, id: i64) -> Option<&'static Split> {
    (service == "sysmon" && id == 12).then_some(&REGISTRY)
}

/// Sysmon counts the making and the removal of keys and values as one number.
static REGISTRY: Split = Split {
    field: "EventType",
    cases: &[
        ("CreateKey", &["registry_add"]),
        ("CreateValue", &["registry_add"]),
        ("DeleteKey", &["registry_delete"]),
        ("DeleteValue", &["registry_delete"]),
    ],
};

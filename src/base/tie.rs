//! What ties one thing that happened to another: a machine, an account or an address that both name, however each of
//! them writes it.

use std::net::IpAddr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Longer names are not names.
const LONGEST: usize = 255;

/// Accounts that every machine has one of or that stand for nobody, in lower case: what they do ties nothing together
/// but what happens on one machine, which its own name does.
const NOBODY: [&str; 15] = [
    "root",
    "system",
    "système",
    "local system",
    "localsystem",
    "anonymous",
    "anonymous logon",
    "local service",
    "network service",
    "null sid",
    "s-1-0-0",
    "s-1-5-18",
    "unknown",
    "unknown user",
    "(unknown)",
];

/// Names that mean the machine that writes them, or none.
const NOWHERE: [&str; 6] = ["localhost", "localhost6", "workgroup", "unknown", "(none)", "n/a"];

/// What kind of thing ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TieKind {
    /// A machine, by the first label of its name, or the title of a DICOM application.
    Machine,
    /// An account, without its domain or realm.
    Account,
    /// An address from which somebody came.
    Address,
}

/// A machine, an account or an address. Two are the same if they are equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Tie {
    /// Of what kind.
    pub(crate) kind: TieKind,
    /// Its name in lower case, or the address as it is written shortest.
    pub(crate) value: String,
}

impl Tie {
    /// What `written` names, where that is anybody or anything in particular. An address where a machine is expected is an
    /// address, and a name where an address is expected is a machine.
    pub(crate) fn of(kind: TieKind, written: &str) -> Option<Self> {
        let written = written.trim().trim_matches('"');
        if written.is_empty() || written.len() > LONGEST || matches!(written, "-" | "?" | "*") {
            return None;
        }
        match kind {
            TieKind::Account => account(written),
            TieKind::Machine | TieKind::Address => match address(written) {
                Some(address) => is_somewhere(address).then(|| Self::new(TieKind::Address, address.to_string())),
                None => machine(written),
            },
        }
    }

    fn new(kind: TieKind, value: String) -> Self {
        Self { kind, value }
    }
}

/// `corp\bob`, `bob@corp.example`, `bob` are one account. Accounts of machines are the machines.
fn account(written: &str) -> Option<Tie> {
    let name = written.rsplit('\\').next().unwrap_or(written);
    let name = name.split('@').next().unwrap_or(name).to_lowercase();
    // `DWM-2`, `UMFD-0`: accounts that Windows makes for each session.
    let session = ["dwm-", "umfd-"].iter().any(|start| {
        name.strip_prefix(start).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    });
    let is_nobody = name.is_empty() || name == "-" || name.ends_with('$') || session;
    (!is_nobody && !NOBODY.contains(&name.as_str())).then(|| Tie::new(TieKind::Account, name))
}

/// The first label of a name: a machine calls itself `dc01`, and another one calls it `dc01.corp.example`.
fn machine(written: &str) -> Option<Tie> {
    let name = written.trim_start_matches('\\');
    let name = name.split('.').next().unwrap_or(name).to_lowercase();
    (!name.is_empty() && name != "-" && !NOWHERE.contains(&name.as_str())).then(|| Tie::new(TieKind::Machine, name))
}

/// An address, also with the port, the zone or the word that logs put beside it: `::ffff:10.0.0.5`, `10.0.0.5:445`,
/// `[fe80::1%2]:22`, `ipv4:10.0.0.5:445`.
fn address(written: &str) -> Option<IpAddr> {
    let text = written.strip_prefix("ipv4:").or_else(|| written.strip_prefix("ipv6:")).unwrap_or(written);
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let plain = |text: &str| text.split('%').next().unwrap_or(text).parse::<IpAddr>().ok();
    let bracketed = || plain(text.strip_prefix('[')?.split(']').next()?);
    let with_port = || {
        let (text, _) = text.rsplit_once(':').filter(|(_, port)| is_port(port))?;
        // Of an address of colons the last part is no port, unless a word before it says how it is written.
        (!text.contains(':') || written.starts_with("ipv6:")).then(|| plain(text)).flatten()
    };
    let labelled = || if text.len() < written.len() { with_port() } else { None };
    let address = labelled().or_else(|| plain(text)).or_else(bracketed).or_else(with_port)?;
    Some(address.to_canonical())
}

/// Whether an address is one that somebody else may come from.
fn is_somewhere(address: IpAddr) -> bool {
    let broadcast = matches!(address, IpAddr::V4(address) if address.is_broadcast());
    !address.is_loopback() && !address.is_unspecified() && !address.is_multicast() && !broadcast
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: TieKind, written: &str) -> Option<(TieKind, String)> {
        Tie::of(kind, written).map(|tie| (tie.kind, tie.value))
    }

    #[test]
    fn one_account_is_one_however_it_is_written() {
        for written in ["bob", "BOB", "CORP\\Bob", "bob@corp.example", "corp.example\\bob", " bob ", "\"bob\""] {
            assert_eq!(of(TieKind::Account, written), Some((TieKind::Account, "bob".to_owned())), "{written}");
        }
        assert_eq!(of(TieKind::Account, "Élodie"), Some((TieKind::Account, "élodie".to_owned())));
        for nobody in [
            "",
            "-",
            "root",
            "SYSTEM",
            "NT AUTHORITY\\SYSTEM",
            "AUTORITE NT\\Système",
            "ANONYMOUS LOGON",
            "DC01$",
            "CORP\\DC01$",
            "dc01$@CORP.EXAMPLE",
            "S-1-0-0",
            "NULL SID",
            "LOCAL SERVICE",
            "Window Manager\\DWM-2",
            "UMFD-0",
            "@corp",
            "\\",
        ] {
            assert_eq!(of(TieKind::Account, nobody), None, "{nobody}");
        }
        assert_eq!(of(TieKind::Account, "dwm-ops"), Some((TieKind::Account, "dwm-ops".to_owned())));
    }

    #[test]
    fn one_machine_is_one_with_and_without_its_domain() {
        for written in ["DC01", "dc01", "DC01.corp.example", "\\\\DC01"] {
            assert_eq!(of(TieKind::Machine, written), Some((TieKind::Machine, "dc01".to_owned())), "{written}");
        }
        for nowhere in ["", "-", "localhost", "localhost.localdomain", "127.0.0.1", "::1", "0.0.0.0", "WORKGROUP"] {
            assert_eq!(of(TieKind::Machine, nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn one_address_is_one_however_it_is_written() {
        for written in [
            "10.0.0.5",
            "::ffff:10.0.0.5",
            "::FFFF:10.0.0.5",
            "10.0.0.5:445",
            "ipv4:10.0.0.5:445",
            "[::ffff:10.0.0.5]:22",
        ] {
            assert_eq!(of(TieKind::Address, written), Some((TieKind::Address, "10.0.0.5".to_owned())), "{written}");
        }
        for written in ["fe80::1", "FE80::1", "fe80:0:0::1", "fe80::1%eth0", "[fe80::1%2]:22", "ipv6:fe80::1:389"] {
            assert_eq!(of(TieKind::Address, written), Some((TieKind::Address, "fe80::1".to_owned())), "{written}");
        }
        for nowhere in [
            "",
            "-",
            "127.0.0.1",
            "127.1.2.3",
            "::1",
            "::",
            "0.0.0.0",
            "::ffff:127.0.0.1",
            "255.255.255.255",
            "224.0.0.1",
        ] {
            assert_eq!(of(TieKind::Address, nowhere), None, "{nowhere}");
        }
        assert_eq!(of(TieKind::Address, "pc-7.corp"), Some((TieKind::Machine, "pc-7".to_owned())));
        assert_eq!(of(TieKind::Machine, "10.0.0.5"), Some((TieKind::Address, "10.0.0.5".to_owned())));
    }
}

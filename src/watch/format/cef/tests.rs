//! Heads and extensions, as they should be written and as they are.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Option<Draft> {
    let zone = TimeZone::get("Europe/Paris").unwrap();
    said(text, When { arrived: "2026-11-21T20:00:00Z".parse().unwrap(), zone: &zone })
}

#[test]
fn heads_are_read_with_their_escapes_and_their_mistakes() {
    let wanted = ["V|1", r"P\2", "3", "4", "a name", "5"];
    for text in [
        r"CEF:0|V\|1|P\\2|3|4|a name|5|a=b",
        r"CEF: 0|V\|1|P\\2|3|4|a name|5|a=b",
        r"CEF:CEF:0|V\|1|P\\2|3|4|a name|5|a=b",
        r"0|V\|1|P\\2|3|4|a name|5|a=b",
        r"CEF:1|V\|1|P\\2|3|4|a name|5|",
    ] {
        let draft = read(text).unwrap_or_else(|| panic!("{text}"));
        let names = ["deviceVendor", "deviceProduct", "deviceVersion", "deviceEventClassId", "name", "deviceSeverity"];
        assert_eq!(names.map(|name| draft.fields.text(name).unwrap()), wanted, "{text}");
    }
    for text in ["CEF:0|a|b|c", "0|1|2|3|4|5|6|7", "CEF:9|a|b|c|d|e|f|", "CEF", "0|a", ""] {
        assert!(read(text).is_none(), "{text}");
    }
}

#[test]
fn values_go_on_to_the_next_key() {
    let draft = read(
        r"CEF:0|V|P|1|2|n|3|msg=Modified by 'X'. suser=bob and eve url=http://x/?a=b&c=d dn=CN\=x,O=y cs1Label=Malop Id cs1=42 suser=root path=C:\\new\\x text=a\nb",
    );
    let fields = draft.unwrap().fields;
    for (name, wanted) in [
        ("msg", &["Modified by 'X'."][..]),
        ("suser", &["bob and eve", "root"]),
        ("user", &["bob and eve", "root"]),
        ("url", &["http://x/?a=b&c=d"]),
        ("dn", &["CN=x,O=y"]),
        ("Malop_Id", &["42"]),
        ("path", &[r"C:\new\x"]),
        ("text", &["a\nb"]),
    ] {
        let found: Vec<&str> = fields.texts(name).collect();
        assert_eq!(found, wanted, "{name}");
    }
}

#[test]
fn times_are_read_as_senders_write_them() {
    for (text, wanted) in [
        ("rt=1795289302000", "2026-11-21T19:28:22Z"),
        ("rt=Nov 21 2026 19:28:22 UTC", "2026-11-21T19:28:22Z"),
        ("dtz=UTC rt=Nov 21 2026 19:28:22", "2026-11-21T19:28:22Z"),
        ("rt=Nov 21 2026 20:28:22", "2026-11-21T19:28:22Z"),
        ("rt=Nov 21 20:28:22", "2026-11-21T19:28:22Z"),
        ("endTime=Sat Nov 21 20:28:22 2026", "2026-11-21T19:28:22Z"),
        ("rt=2026-11-21T19:28:22Z", "2026-11-21T19:28:22Z"),
        ("FTNTFGTeventtime=1795289302123456789", "2026-11-21T19:28:22.123456789Z"),
    ] {
        let draft = read(&format!("CEF:0|Fortinet|Fortigate|1|2|n|3|{text}")).unwrap();
        assert_eq!(draft.time, Some(wanted.parse().unwrap()), "{text}");
    }
}

#[test]
fn a_fortigate_is_one_however_it_speaks() {
    let draft = read(
        "CEF:0|Fortinet|Fortigate|v7|44547|event:system|3|cat=event:system FTNTFGTcfgpath=system.admin FTNTFGTaction=Add duser=admin",
    );
    let draft = draft.unwrap();
    assert_eq!(draft.logsource.product.as_deref(), Some("fortigate"));
    assert_eq!(draft.logsource.service.as_deref(), Some("event"));
    assert_eq!((draft.fields.text("cfgpath"), draft.fields.text("action")), (Some("system.admin"), Some("Add")));
}

#[test]
fn ten_thousand_keys_are_bounded() {
    let many: Vec<String> = (0..10_000).map(|number| format!("k{number}=v")).collect();
    assert_eq!(extensions(&many.join(" ")).len(), MOST);
    for piece in ["=", "a=", " a=b=c", "\\", "a b=", "aLabel=b a=c "] {
        assert!(read(&format!("CEF:0|V|P|1|2|n|3|{}", piece.repeat(20_000))).is_some(), "{piece}");
    }
}

proptest! {
    #[test]
    fn what_is_escaped_is_read_back(values in prop::collection::vec("[^\n\r ]{0,20}", 1..6), part in "[^\n]{0,20}") {
        let escaped = |text: &str| text.replace('\\', r"\\").replace('=', r"\=");
        let pairs: Vec<String> = values.iter().enumerate().map(|(n, value)| format!("k{n}={}", escaped(value))).collect();
        let head = part.replace('\\', r"\\").replace('|', r"\|");
        let line = format!("CEF:0|{head}|P|1|2|n|3|{}", pairs.join(" "));
        let read = read(&line).unwrap();
        if super::super::shared::is_said(&part) {
            prop_assert_eq!(read.fields.text("deviceVendor"), Some(part.trim()));
        }
        let found = extensions(line.rsplit_once("|3|").unwrap().1);
        prop_assert_eq!(found.len(), values.len());
    }

    #[test]
    fn nothing_is_too_odd(text in "[a-c=|\\\\ \"é]{0,80}") {
        drop(read(&text));
        drop(read(&format!("CEF:0|a|b|c|d|e|f|{text}")));
    }
}

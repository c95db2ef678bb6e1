//! Lines of every format in which somebody else's words stand at `{}`.

use vigie::watch::format::Format;

/// How a format writes what it cannot write as it is.
#[derive(Clone, Copy)]
pub(crate) enum Spelling {
    /// It writes everything as it is.
    Bare,
    /// A backslash before quotes and backslashes, as in the structured data of syslog.
    Quoted,
    /// A string of JSON.
    Json,
    /// Pairs of hexadecimal digits, as auditd writes what has blanks in it.
    Hex,
    /// Text of XML, or a value of one of its attributes.
    Xml,
    /// A value of CEF: a backslash before itself and the sign of equality.
    Cef,
    /// Quotes twice, as between the commas of a table.
    Doubled,
    /// What has tabs in it does not come.
    Untabbed,
    /// What has quotes or backslashes in it does not come.
    Unquoted,
    /// What has blanks or quotes in it does not come.
    Address,
}

/// A line of a format. The word `MARKED` is in each.
pub(crate) struct Carrier {
    pub(crate) format: Format,
    pub(crate) spelling: Spelling,
    line: &'static str,
}

const fn of(format: Format, spelling: Spelling, line: &'static str) -> Carrier {
    Carrier { format, spelling, line }
}

pub(crate) const CARRIERS: &[Carrier] = &[
    of(Format::Plain, Spelling::Bare, "2026-11-21 19:28:22 MARKED {}"),
    of(Format::Syslog, Spelling::Bare, "Nov 21 19:28:22 srv app[1]: MARKED {}"),
    of(Format::Syslog, Spelling::Bare, "<38>1 2026-11-21T19:28:22Z srv app 1 - - MARKED {}"),
    of(Format::Syslog, Spelling::Quoted, "<38>1 2026-11-21T19:28:22Z srv app 1 - [x@1 m=\"{}\"] MARKED"),
    of(Format::Syslog, Spelling::Bare, "Nov 21 19:28:22 db postgres[1]: [2-1] a@pacs 10.77.0.1 LOG:  MARKED {}"),
    of(Format::Syslog, Spelling::Json, "Nov 21 19:28:22 srv app: {\"n\": \"MARKED\", \"m\": \"{}\"}"),
    of(Format::Json, Spelling::Json, "{\"n\": \"MARKED\", \"m\": \"{}\", \"o\": 1}"),
    of(Format::Json, Spelling::Json, "{\"log\": {\"n\": \"MARKED\", \"message\": \"{}\"}, \"list\": [\"{}\"]}"),
    of(
        Format::Combined,
        Spelling::Unquoted,
        "10.0.0.1 - - [21/Nov/2026:19:28:23 +0000] \"GET /MARKED HTTP/1.1\" 401 0 \"-\" \"{}\"",
    ),
    of(
        Format::Combined,
        Spelling::Address,
        "10.0.0.1 - - [21/Nov/2026:19:28:23 +0000] \"GET /MARKED?x=1&{} HTTP/1.1\" 401 0 \"-\" \"-\"",
    ),
    of(
        Format::SambaAudit,
        Spelling::Bare,
        "Nov 21 19:28:22 srv smbd_audit: alice|10.0.0.1|pc|commun|unlinkat|ok|/MARKED/ {}",
    ),
    of(
        Format::SambaJson,
        Spelling::Json,
        "{\"timestamp\": \"2026-11-21T19:37:30.240120+0000\", \"type\": \"Authentication\", \"Authentication\": {\"eventId\": 4625, \"n\": \"MARKED\", \"m\": \"{}\"}}",
    ),
    of(
        Format::OpenCanary,
        Spelling::Json,
        "{\"logtype\": 4002, \"node_id\": \"MARKED\", \"src_host\": \"10.0.0.9\", \"logdata\": {\"m\": \"{}\"}}",
    ),
    of(
        Format::EventXml,
        Spelling::Xml,
        "<Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\"><System><Provider Name=\"p\"/><EventID>7</EventID><TimeCreated SystemTime=\"2026-11-21T19:28:22.0Z\"/><Channel>MARKED</Channel><Computer>srv</Computer></System><EventData><Data Name=\"m\">{}</Data></EventData></Event>",
    ),
    of(
        Format::Snare,
        Spelling::Untabbed,
        "DC1\tMSWinEventLog\t1\tApplication\t7\tSat Nov 21 19:28:22 2026\t7\tapp\tN/A\tN/A\tInformation\tDC1\tMARKED\t\t{}",
    ),
    of(Format::Orthanc, Spelling::Bare, "W1121 19:13:25.396249 A.cpp:1] MARKED {}"),
    of(Format::Dcmtk, Spelling::Bare, "I: MARKED {}"),
    of(Format::Auditd, Spelling::Hex, "type=EXECVE msg=audit(1795289302.123:4711): argc=2 a0=\"MARKED\" a1={}"),
    of(
        Format::Atna,
        Spelling::Xml,
        "<AuditMessage><EventIdentification EventActionCode=\"R\" EventDateTime=\"2026-11-30T02:12:04Z\" EventOutcomeIndicator=\"0\"><EventID csd-code=\"110103\" originalText=\"{}\"/></EventIdentification><ActiveParticipant UserID=\"dr.leroy\" UserIsRequestor=\"true\"/><AuditSourceIdentification AuditSourceID=\"MARKED\"/></AuditMessage>",
    ),
    of(
        Format::Fhir,
        Spelling::Json,
        "{\"resourceType\":\"AuditEvent\",\"type\":{\"code\":\"110113\",\"display\":\"{}\"},\"action\":\"E\",\"recorded\":\"2026-11-30T02:12:04Z\",\"outcome\":\"0\",\"agent\":[{\"who\":{\"identifier\":{\"value\":\"dr.leroy\"}},\"requestor\":true}],\"source\":{\"observer\":{\"display\":\"MARKED\"}}}",
    ),
    of(
        Format::Esxi,
        Spelling::Bare,
        "2026-11-21T19:28:40.002Z In(166) Hostd[2099656]: [Originator@6876 sub=Vimsvc opID=e sid=5] MARKED {}",
    ),
    of(
        Format::Kv,
        Spelling::Unquoted,
        "date=2026-11-21 time=20:28:22 devname=\"MARKED\" logid=\"0101039426\" msg=\"{}\"",
    ),
    of(Format::Cef, Spelling::Cef, "CEF:0|Example|Endpoint|3.2|1001|MARKED|7|src=203.0.113.9 msg={}"),
    of(Format::Leef, Spelling::Untabbed, "LEEF:1.0|Example|Gate|4.1|MARKED|src=203.0.113.9\tmsg={}"),
    of(
        Format::Cisco,
        Spelling::Bare,
        "<189>29: SW-BLOC: Nov 21 19:28:22.250 UTC: %SEC_LOGIN-4-LOGIN_FAILED: MARKED {}",
    ),
    of(
        Format::PaloAlto,
        Spelling::Doubled,
        "1,2026/11/21 12:28:22,0123,SYSTEM,auth,2305,2026/11/21 12:28:22,,MARKED,GP,0,0,general,medium,\"{}\",1,0x0,0,0,0,0,,fw1,0,0,2026-11-21T20:28:22.5+01:00",
    ),
    of(
        Format::Veeam,
        Spelling::Unquoted,
        "<14>1 2026-11-21T20:29:00Z VBR-01 Veeam_MP - - [origin enterpriseId=\"31023\"] [categoryId=0 instanceId=190 JobName=\"MARKED\" Version=\"1\" Description=\"{}\"]",
    ),
];

impl Carrier {
    /// A line with these words in it; nothing where this format cannot hold them.
    pub(crate) fn line(&self, text: &str) -> Option<String> {
        let spelled = match self.spelling {
            Spelling::Quoted => text.replace('\\', "\\\\").replace('"', "\\\"").replace(']', "\\]"),
            Spelling::Json => {
                let string = serde_json::Value::from(text).to_string();
                string[1..string.len() - 1].to_owned()
            }
            Spelling::Hex => {
                let digit = |digit: u8| char::from_digit(digit.into(), 16).unwrap().to_ascii_uppercase();
                text.bytes().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
            }
            Spelling::Xml => {
                text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
            }
            Spelling::Cef => text.replace('\\', "\\\\").replace('=', "\\="),
            Spelling::Doubled => text.replace('"', "\"\""),
            Spelling::Untabbed if text.contains('\t') => return None,
            Spelling::Unquoted if text.contains(['"', '\\']) => return None,
            Spelling::Address if text.contains([' ', '"', '\\']) => return None,
            Spelling::Bare | Spelling::Unquoted | Spelling::Untabbed | Spelling::Address => text.to_owned(),
        };
        Some(self.line.replace("{}", &spelled))
    }

    /// What it is called in messages and file names.
    pub(crate) fn name(number: usize) -> String {
        format!("{}-{number}", CARRIERS[number].format.word())
    }
}

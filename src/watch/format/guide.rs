//! What there is to say of each format to somebody who has to choose one: what it is for, what rules call its logs, what its
//! fields are, and what a line of it looks like.

use super::table::Format;
use crate::base::language::Text;
use crate::words::format as words;

/// What there is to say of a format. In what stands in no language, `…` is for what lines themselves say.
#[derive(Debug, Clone)]
pub(crate) struct Guide {
    /// What it is for.
    pub(crate) purpose: Text,
    /// What rules call its logs.
    pub(crate) logs: &'static str,
    /// Its fields, those that rules ask for most.
    pub(crate) fields: &'static str,
    /// A line of it.
    pub(crate) example: &'static str,
}

/// What the vendors' formats add to the vendor's own names.
const SHARED: &str = "user src_ip src_port dst_ip dst_port host action outcome object bytes message …";

/// What the formats say that tell who looked at whose record.
const PATIENT_ACCESS: &str = "event_code event_name type_code type_name action outcome outcome_code user user_role src_ip source_id object_type object_role objects";

/// What there is to say of `format`.
pub(crate) fn guide(format: Format) -> Guide {
    let guide = |purpose, logs, fields, example| Guide { purpose, logs, fields, example };
    match format.word() {
        "auto" => guide(words::auto(), "…", "…", ""),
        "syslog" => guide(
            words::syslog(),
            "product: linux, service: …",
            "facility severity host program pid msgid level message action outcome user src_ip src_port …",
            "Nov 21 19:28:22 srv sshd[42]: Failed password for root from 203.0.113.9 port 58080 ssh2",
        ),
        "json" => guide(
            words::json(),
            "product: …, service: …, category: …; category: webserver; product: windows",
            "…",
            r#"{"time": "2026-11-21T19:28:22Z", "host": "srv", "user": "root", "event": {"kind": "login"}}"#,
        ),
        "kv" => guide(
            words::kv(),
            "product: fortigate, stormshield, sophos, ivanti, sonicwall, checkpoint, wallix, …; service: …",
            SHARED,
            r#"date=2026-11-21 time=20:28:22 devname="fw" devid="FGT1" eventtime=1795289302123456789 tz="+0100" logid="0101039426" type="event" subtype="vpn" action="ssl-login-fail" remip=203.0.113.9 user="eve""#,
        ),
        "cef" => guide(
            words::cef(),
            "product: …, service: …",
            SHARED,
            "CEF:0|Example|Endpoint|3.2|1001|Login failed|7|rt=1795289302000 suser=eve src=203.0.113.9 outcome=failure",
        ),
        "leef" => guide(
            words::leef(),
            "product: …, service: …",
            SHARED,
            "LEEF:2.0|Example|Gate|4.1|LoginFailed|^|devTime=Nov 21 2026 19:28:22 UTC^usrName=eve^src=203.0.113.9",
        ),
        "cisco" => guide(
            words::cisco(),
            "product: cisco, service: aaa, bgp, ldp, syslog; category: firewall",
            "host sequence message_id mnemonic level user src_ip src_port dst_ip dst_port action outcome object bytes command message",
            "<189>29: SW1: Nov 21 19:28:22.250 UTC: %SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: eve] [Source: 203.0.113.9] [localport: 22]",
        ),
        "paloalto" => guide(
            words::palo_alto(),
            "product: paloalto, service: …; category: firewall",
            SHARED,
            "1,2026/11/21 20:30:00,012345678901,CONFIG,0,2562,2026/11/21 20:30:00,203.0.113.9,,set,admin,Web,Succeeded,\"users eve\"",
        ),
        "esxi" => guide(
            words::esxi(),
            "product: vmware, service: hostd, vobd, shell, vcenter, …",
            "level sub opID event_type user src_ip host action outcome object command message",
            "info hostd[2099656] [Originator@6876 sub=Vimsvc.ha-eventmgr] Event 65352 : Cannot login root@203.0.113.9",
        ),
        "veeam" => guide(
            words::veeam(),
            "product: veeam, service: backup",
            "instanceId categoryId JobName UserName Description user src_ip action outcome object message …",
            r#"[categoryId=0 instanceId=23090 JobName="PACS nuit" UserName="CH\adm" Description="Backup job has been deleted."]"#,
        ),
        "combined" => guide(
            words::combined(),
            "category: webserver",
            "c-ip cs-username cs-method cs-uri cs-uri-stem cs-uri-query cs-version sc-status sc-bytes cs-referer cs-user-agent cs-host",
            r#"203.0.113.9 - eve [21/Nov/2026:19:28:22 +0000] "GET /studies HTTP/1.1" 401 0 "-" "curl/8.5""#,
        ),
        word => of_programs(word),
    }
}

/// The formats of single programs.
fn of_programs(word: &str) -> Guide {
    let guide = |purpose, logs, fields, example| Guide { purpose, logs, fields, example };
    match word {
        "orthanc" => guide(
            words::orthanc(),
            "product: orthanc, service: dicom, http, …",
            "level thread file category message; aet src_ip called_aet expected_host destination verb method uri query_level matches",
            "W1121 19:28:22.396249 CommandDispatcher.cpp:617] Rejected association for remote AET NMAP on IP 203.0.113.9",
        ),
        "dcmtk" => guide(
            words::dcmtk(),
            "product: dcmtk",
            "level message; aet called_aet src_ip src_host reason destination verb status pdu_type",
            "I: Association Received (localhost:SCANNER1 -> QRSCP)",
        ),
        "atna" => guide(
            words::atna(),
            "product: ihe, service: audit",
            PATIENT_ACCESS,
            r#"<AuditMessage><EventIdentification EventActionCode="R" EventDateTime="2026-11-21T19:28:22Z" EventOutcomeIndicator="0"><EventID csd-code="110103" codeSystemName="DCM" originalText="DICOM Instances Accessed"/></EventIdentification><ActiveParticipant UserID="eve" UserIsRequestor="true" NetworkAccessPointID="203.0.113.9"/><AuditSourceIdentification AuditSourceID="pacs1"/></AuditMessage>"#,
        ),
        "fhir" => guide(
            words::fhir(),
            "product: ihe, service: audit",
            PATIENT_ACCESS,
            r#"{"resourceType": "AuditEvent", "recorded": "2026-11-21T19:28:22Z", "action": "R", "outcome": "0", "type": {"code": "110110"}, "agent": [{"requestor": true, "altId": "eve", "network": {"address": "203.0.113.9"}}]}"#,
        ),
        "samba-audit" => guide(
            words::samba_audit(),
            "product: samba, service: full_audit",
            "user src_ip host share operation result success reason mode path folder extension new_path new_extension",
            "Nov 21 19:28:22 srv smbd_audit: eve|203.0.113.9|srv|commun|unlinkat|ok|/srv/commun/cr.doc",
        ),
        "samba-json" => guide(
            words::samba_json(),
            "product: samba, service: auth_audit",
            "EventID status account src_ip src_port …",
            r#"{"timestamp": "2026-11-21T19:28:22.240120+0000", "type": "Authentication", "Authentication": {"eventId": 4625, "status": "NT_STATUS_WRONG_PASSWORD", "remoteAddress": "ipv4:203.0.113.9:42838", "clientAccount": "eve"}}"#,
        ),
        "opencanary" => guide(
            words::open_canary(),
            "product: opencanary, category: application",
            "…",
            r#"{"logtype": 4002, "node_id": "leurre", "src_host": "203.0.113.9", "utc_time": "2026-11-21 19:28:22"}"#,
        ),
        "auditd" => guide(
            words::auditd(),
            "product: linux, service: auditd; category: process_creation",
            "type node serial CommandLine Image SYSCALL …",
            "type=EXECVE msg=audit(1795289302.123:4711): argc=2 a0=\"id\" a1=\"-u\"",
        ),
        "event-xml" => guide(
            words::event_xml(),
            "product: windows, service: …, category: …",
            "EventID Channel Provider_Name Computer …",
            r#"<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Security-Auditing"/><EventID>4625</EventID><TimeCreated SystemTime="2026-11-21T19:28:22.1Z"/><Channel>Security</Channel><Computer>dc1</Computer></System><EventData><Data Name="TargetUserName">eve</Data><Data Name="IpAddress">203.0.113.9</Data></EventData></Event>"#,
        ),
        "snare" => guide(
            words::snare(),
            "product: windows, service: …, category: …",
            "EventID Channel Computer TargetUserName IpAddress outcome Message …",
            "DC1\tMSWinEventLog\t1\tSecurity\t48210\tSat Nov 21 20:28:22 2026\t4625\tMicrosoft-Windows-Security-Auditing\tN/A\tN/A\tFailure Audit\tDC1\tLogon\t\tAn account failed to log on.  Account For Which Logon Failed:  Account Name:  eve  Network Information:  Source Network Address:  203.0.113.9",
        ),
        "plain" => guide(words::plain(), "…", "message", "(29512) Login incorrect: [eve]"),
        _ => guide(words::other(), "…", "…", ""),
    }
}

#[cfg(test)]
mod tests;

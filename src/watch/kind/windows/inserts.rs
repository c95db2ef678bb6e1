//! What the texts of an event are called, in their order: collectors that ship texts without names leave them so. A table of
//! the events that rules ask for, as the manifests of Windows and Sysmon have them.

/// The names of the texts of event `id` in the log that rules call `service`, where `count` texts came. Nothing where they
/// are not known. What later versions of an event added stands behind the names that are known here.
pub(super) fn of(service: &str, id: i64, count: usize) -> &'static [&'static str] {
    let names = match service {
        "security" => security(id),
        "system" => system(id),
        "windefend" => defender(id),
        "powershell" => powershell(id),
        // Other versions have other names in between.
        "sysmon" => Some(sysmon(id)).filter(|names| names.len() == count).unwrap_or_default(),
        _ => &[],
    };
    &names[..names.len().min(count)]
}

/// Puts the account that did it before what is particular to an event.
macro_rules! by_subject {
    ($($name:literal)*) => {
        &["SubjectUserSid", "SubjectUserName", "SubjectDomainName", "SubjectLogonId", $($name),*]
    };
}

/// A group, its new or old member, and the account that did it.
const MEMBER: &[&str] = &[
    "MemberName",
    "MemberSid",
    "TargetUserName",
    "TargetDomainName",
    "TargetSid",
    "SubjectUserSid",
    "SubjectUserName",
    "SubjectDomainName",
    "SubjectLogonId",
    "PrivilegeList",
];

fn security(id: i64) -> &'static [&'static str] {
    match id {
        1102 => by_subject!(),
        4672 => by_subject!("PrivilegeList"),
        4634 => &["TargetUserSid", "TargetUserName", "TargetDomainName", "TargetLogonId", "LogonType"],
        4624..=4648 => logon(id),
        4656..=4674 => access(id),
        4688..=4719 => change(id),
        4720..=4767 => account(id),
        4768..=4799 => authentication(id),
        5136..=5145 => directory(id),
        _ => &[],
    }
}

fn logon(id: i64) -> &'static [&'static str] {
    match id {
        4624 => by_subject!("TargetUserSid" "TargetUserName" "TargetDomainName" "TargetLogonId" "LogonType"
            "LogonProcessName" "AuthenticationPackageName" "WorkstationName" "LogonGuid" "TransmittedServices"
            "LmPackageName" "KeyLength" "ProcessId" "ProcessName" "IpAddress" "IpPort"),
        4625 => by_subject!("TargetUserSid" "TargetUserName" "TargetDomainName" "Status" "FailureReason" "SubStatus"
            "LogonType" "LogonProcessName" "AuthenticationPackageName" "WorkstationName" "TransmittedServices"
            "LmPackageName" "KeyLength" "ProcessId" "ProcessName" "IpAddress" "IpPort"),
        4648 => by_subject!("LogonGuid" "TargetUserName" "TargetDomainName" "TargetLogonGuid" "TargetServerName"
            "TargetInfo" "ProcessId" "ProcessName" "IpAddress" "IpPort"),
        _ => &[],
    }
}

fn access(id: i64) -> &'static [&'static str] {
    match id {
        4656 => by_subject!("ObjectServer" "ObjectType" "ObjectName" "HandleId" "TransactionId" "AccessList"
            "AccessReason" "AccessMask" "PrivilegeList" "RestrictedSidCount" "ProcessId" "ProcessName"
            "ResourceAttributes"),
        4662 => by_subject!("ObjectServer" "ObjectType" "ObjectName" "OperationType" "HandleId" "AccessList"
            "AccessMask" "Properties" "AdditionalInfo" "AdditionalInfo2"),
        4663 => by_subject!("ObjectServer" "ObjectType" "ObjectName" "HandleId" "AccessList" "AccessMask" "ProcessId"
            "ProcessName" "ResourceAttributes"),
        4673 => by_subject!("ObjectServer" "Service" "PrivilegeList" "ProcessId" "ProcessName"),
        _ => &[],
    }
}

fn change(id: i64) -> &'static [&'static str] {
    match id {
        4688 => by_subject!("NewProcessId" "NewProcessName" "TokenElevationType" "ProcessId" "CommandLine"
            "TargetUserSid" "TargetUserName" "TargetDomainName" "TargetLogonId" "ParentProcessName" "MandatoryLabel"),
        4697 => by_subject!("ServiceName" "ServiceFileName" "ServiceType" "ServiceStartType" "ServiceAccount"),
        4698..=4701 => by_subject!("TaskName" "TaskContent"),
        4702 => by_subject!("TaskName" "TaskContentNew"),
        4719 => by_subject!("CategoryId" "SubcategoryId" "SubcategoryGuid" "AuditPolicyChanges"),
        _ => &[],
    }
}

fn account(id: i64) -> &'static [&'static str] {
    match id {
        4720 | 4722..=4726 | 4740 => &[
            "TargetUserName",
            "TargetDomainName",
            "TargetSid",
            "SubjectUserSid",
            "SubjectUserName",
            "SubjectDomainName",
            "SubjectLogonId",
        ],
        4728 | 4729 | 4732 | 4733 | 4746 | 4747 | 4751 | 4752 | 4756 | 4757 | 4761 | 4762 => MEMBER,
        _ => &[],
    }
}

fn authentication(id: i64) -> &'static [&'static str] {
    match id {
        4768 => &[
            "TargetUserName",
            "TargetDomainName",
            "TargetSid",
            "ServiceName",
            "ServiceSid",
            "TicketOptions",
            "Status",
            "TicketEncryptionType",
            "PreAuthType",
            "IpAddress",
            "IpPort",
        ],
        4769 => &[
            "TargetUserName",
            "TargetDomainName",
            "ServiceName",
            "ServiceSid",
            "TicketOptions",
            "TicketEncryptionType",
            "IpAddress",
            "IpPort",
            "Status",
            "LogonGuid",
        ],
        4771 => &[
            "TargetUserName",
            "TargetSid",
            "ServiceName",
            "TicketOptions",
            "Status",
            "PreAuthType",
            "IpAddress",
            "IpPort",
        ],
        4776 => &["PackageName", "TargetUserName", "Workstation", "Status"],
        4778 | 4779 => &["AccountName", "AccountDomain", "LogonID", "SessionName", "ClientName", "ClientAddress"],
        _ => &[],
    }
}

fn directory(id: i64) -> &'static [&'static str] {
    match id {
        5136 => &[
            "OpCorrelationID",
            "AppCorrelationID",
            "SubjectUserSid",
            "SubjectUserName",
            "SubjectDomainName",
            "SubjectLogonId",
            "DSName",
            "DSType",
            "ObjectDN",
            "ObjectGUID",
            "ObjectClass",
            "AttributeLDAPDisplayName",
            "AttributeSyntaxOID",
            "AttributeValue",
            "OperationType",
        ],
        5140 => by_subject!("ObjectType" "IpAddress" "IpPort" "ShareName" "ShareLocalPath" "AccessMask" "AccessList"),
        5145 => by_subject!("ObjectType" "IpAddress" "IpPort" "ShareName" "ShareLocalPath" "RelativeTargetName"
            "AccessMask" "AccessList" "AccessReason"),
        _ => &[],
    }
}

fn system(id: i64) -> &'static [&'static str] {
    match id {
        104 => &["SubjectUserName", "SubjectDomainName", "Channel", "BackupPath"],
        7045 => &["ServiceName", "ImagePath", "ServiceType", "StartType", "AccountName"],
        7000..=7044 => &["param1", "param2", "param3", "param4"],
        _ => &[],
    }
}

fn defender(id: i64) -> &'static [&'static str] {
    match id {
        5001 | 5010 | 5012 => &["Product Name", "Product Version"],
        5007 => &["Product Name", "Product Version", "Old Value", "New Value"],
        _ => &[],
    }
}

fn powershell(id: i64) -> &'static [&'static str] {
    match id {
        4103 => &["ContextInfo", "UserData", "Payload"],
        4104 => &["MessageNumber", "MessageTotal", "ScriptBlockText", "ScriptBlockId", "Path"],
        _ => &[],
    }
}

/// A process, as the newer versions of Sysmon begin its events.
macro_rules! by_process {
    ($($name:literal)*) => {
        &["RuleName", "UtcTime", "ProcessGuid", "ProcessId", "Image", $($name),*]
    };
}

fn sysmon(id: i64) -> &'static [&'static str] {
    match id {
        1 => by_process!("FileVersion" "Description" "Product" "Company" "OriginalFileName" "CommandLine"
            "CurrentDirectory" "User" "LogonGuid" "LogonId" "TerminalSessionId" "IntegrityLevel" "Hashes"
            "ParentProcessGuid" "ParentProcessId" "ParentImage" "ParentCommandLine" "ParentUser"),
        3 => by_process!("User" "Protocol" "Initiated" "SourceIsIpv6" "SourceIp" "SourceHostname" "SourcePort"
            "SourcePortName" "DestinationIsIpv6" "DestinationIp" "DestinationHostname" "DestinationPort"
            "DestinationPortName"),
        11 => by_process!("TargetFilename" "CreationUtcTime" "User"),
        12 => &["RuleName", "EventType", "UtcTime", "ProcessGuid", "ProcessId", "Image", "TargetObject", "User"],
        13 => &[
            "RuleName",
            "EventType",
            "UtcTime",
            "ProcessGuid",
            "ProcessId",
            "Image",
            "TargetObject",
            "Details",
            "User",
        ],
        22 => &[
            "RuleName",
            "UtcTime",
            "ProcessGuid",
            "ProcessId",
            "QueryName",
            "QueryStatus",
            "QueryResults",
            "Image",
            "User",
        ],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_named_as_far_as_they_come() {
        assert_eq!(of("security", 4776, 4), ["PackageName", "TargetUserName", "Workstation", "Status"]);
        assert_eq!(of("security", 4625, 21)[19], "IpAddress");
        assert_eq!(of("security", 4624, 18)[17], "ProcessName");
        assert_eq!(of("security", 4624, 27)[18], "IpAddress");
        assert_eq!(of("security", 1102, 4)[1], "SubjectUserName");
        assert_eq!(of("security", 4728, 0), [""; 0]);
        // Of Sysmon only the version whose names these are.
        assert_eq!(of("sysmon", 1, 23)[10], "CommandLine");
        assert_eq!(of("sysmon", 1, 22), [""; 0]);
        assert_eq!(of("dhcp", 1, 3), [""; 0]);
    }
}

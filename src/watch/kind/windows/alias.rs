//! What events call a thing, and what rules call it. An alias adds a name; the event's own value under the rules' name
//! goes first, and the alias then adds nothing.

use super::Alias;

/// Names of collectors: `NXLog` has `SourceName` and `Hostname`, Fluent Bit `ProviderName`, Winlogbeat `message`, GELF
/// `full_message`.
pub(super) const FLAT: [Alias; 9] = [
    ("SourceName", "Provider_Name"),
    ("ProviderName", "Provider_Name"),
    ("Hostname", "Computer"),
    ("Computer", "ComputerName"),
    ("Hostname", "ComputerName"),
    ("RecordNumber", "EventRecordID"),
    ("message", "Message"),
    ("full_message", "Message"),
    ("short_message", "Message"),
];

/// The aliases of event `id` in the log that rules call `service`.
pub(super) fn of(service: &str, id: i64) -> &'static [Alias] {
    match service {
        "security" if id == 4688 => &PROCESS,
        "windefend" => &DEFENDER,
        // Collectors that only ship the message still have everything in it.
        super::channel::CLASSIC => &CLASSIC,
        _ => &[],
    }
}

/// All aliases, of every kind of event.
pub(super) fn all() -> impl Iterator<Item = &'static Alias> {
    [&FLAT[..], &PROCESS, &CLASSIC, &DEFENDER].into_iter().flatten()
}

/// A new process, as the Security log says it. Its `ProcessId` is the parent's.
const PROCESS: [Alias; 7] = [
    ("NewProcessName", "Image"),
    ("ParentProcessName", "ParentImage"),
    ("SubjectUserName", "User"),
    ("SubjectLogonId", "LogonId"),
    ("MandatoryLabel", "IntegrityLevel"),
    ("ProcessId", "ParentProcessId"),
    ("CreatorProcessName", "ParentImage"),
];

const CLASSIC: [Alias; 1] = [("Message", "Data")];

/// Defender's names have spaces; rules write them without, once with an underscore, and for any antivirus in their own
/// words.
const DEFENDER: [Alias; 42] = [
    ("Threat Name", "Signature"),
    ("ThreatName", "Signature"),
    ("Path", "Filename"),
    ("Detection User", "User"),
    ("Product Name", "ProductName"),
    ("Product Version", "ProductVersion"),
    ("Detection ID", "DetectionID"),
    ("Detection Time", "DetectionTime"),
    ("Detection User", "DetectionUser"),
    ("Threat ID", "ThreatID"),
    ("Threat Name", "ThreatName"),
    ("Severity ID", "SeverityID"),
    ("Severity Name", "SeverityName"),
    ("Category ID", "CategoryID"),
    ("Category Name", "CategoryName"),
    ("Status Code", "StatusCode"),
    ("Status Description", "StatusDescription"),
    ("Source ID", "SourceID"),
    ("Source Name", "SourceName"),
    ("Process Name", "ProcessName"),
    ("Origin ID", "OriginID"),
    ("Origin Name", "OriginName"),
    ("Execution ID", "ExecutionID"),
    ("Execution Name", "ExecutionName"),
    ("Type ID", "TypeID"),
    ("Type Name", "TypeName"),
    ("Pre Execution Status", "PreExecutionStatus"),
    ("Action ID", "ActionID"),
    ("Action Name", "ActionName"),
    ("Error Code", "ErrorCode"),
    ("Error Description", "ErrorDescription"),
    ("Post Clean Status", "PostCleanStatus"),
    ("Additional Actions ID", "AdditionalActionsID"),
    ("Additional Actions String", "AdditionalActionsString"),
    ("Remediation User", "RemediationUser"),
    ("Old Value", "OldValue"),
    ("New Value", "NewValue"),
    ("Feature Name", "FeatureName"),
    ("Feature Name", "Feature_Name"),
    ("Feature ID", "FeatureID"),
    ("Engine Version", "EngineVersion"),
    ("Signature Version", "SignatureVersion"),
];

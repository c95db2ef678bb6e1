//! What rules call the channels of Windows.

/// What a channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Log {
    /// A channel that public rules have a service for.
    Service(&'static str),
    /// Sysmon on Linux, which writes events of the same shape.
    LinuxSysmon,
    /// Any other channel of Windows.
    Unknown,
}

/// The service of the log that was there before PowerShell had channels of its own.
pub(super) const CLASSIC: &str = "powershell-classic";

/// Services and their channels. Windows does not look at the case of letters in the name of a channel.
const SERVICES: [(&str, &[&str]); 60] = [
    ("application", &["Application"]),
    (
        "application-experience",
        &[
            "Microsoft-Windows-Application-Experience/Program-Telemetry",
            "Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant",
        ],
    ),
    (
        "applocker",
        &[
            "Microsoft-Windows-AppLocker/EXE and DLL",
            "Microsoft-Windows-AppLocker/MSI and Script",
            "Microsoft-Windows-AppLocker/Packaged app-Deployment",
            "Microsoft-Windows-AppLocker/Packaged app-Execution",
        ],
    ),
    ("appmodel-runtime", &["Microsoft-Windows-AppModel-Runtime/Admin"]),
    ("appxdeployment-server", &["Microsoft-Windows-AppXDeploymentServer/Operational"]),
    ("appxpackaging-om", &["Microsoft-Windows-AppxPackaging/Operational"]),
    ("bitlocker", &["Microsoft-Windows-BitLocker/BitLocker Management"]),
    ("bits-client", &["Microsoft-Windows-Bits-Client/Operational"]),
    ("capi2", &["Microsoft-Windows-CAPI2/Operational"]),
    (
        "certificateservicesclient-lifecycle-system",
        &["Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational"],
    ),
    ("codeintegrity-operational", &["Microsoft-Windows-CodeIntegrity/Operational"]),
    ("dhcp", &["Microsoft-Windows-DHCP-Server/Operational"]),
    ("diagnosis-scripted", &["Microsoft-Windows-Diagnosis-Scripted/Operational"]),
    ("directory-service", &["Directory Service"]),
    ("dns-client", &["Microsoft-Windows-DNS-Client/Operational", "Microsoft-Windows-DNS Client Events/Operational"]),
    ("dns-server", &["DNS Server"]),
    ("dns-server-analytic", &["Microsoft-Windows-DNS-Server/Analytical", "Microsoft-Windows-DNSServer/Analytical"]),
    ("dns-server-audit", &["Microsoft-Windows-DNS-Server/Audit", "Microsoft-Windows-DNSServer/Audit"]),
    ("driver-framework", &["Microsoft-Windows-DriverFrameworks-UserMode/Operational"]),
    ("firewall-as", &["Microsoft-Windows-Windows Firewall With Advanced Security/Firewall"]),
    (
        "hyper-v-worker",
        &[
            "Microsoft-Windows-Hyper-V-Worker",
            "Microsoft-Windows-Hyper-V-Worker-Admin",
            "Microsoft-Windows-Hyper-V-Worker-Operational",
            "Microsoft-Windows-Hyper-V-Worker/Operational",
        ],
    ),
    ("iis-configuration", &["Microsoft-IIS-Configuration/Operational"]),
    ("kernel-event-tracing", &["Microsoft-Windows-Kernel-EventTracing", "Microsoft-Windows-Kernel-EventTracing/Admin"]),
    (
        "kernel-shimengine",
        &["Microsoft-Windows-Kernel-ShimEngine/Operational", "Microsoft-Windows-Kernel-ShimEngine/Diagnostic"],
    ),
    ("ldap", &["Microsoft-Windows-LDAP-Client/Debug"]),
    ("lsa-server", &["Microsoft-Windows-LSA/Operational"]),
    (
        "microsoft-servicebus-client",
        &[
            "Microsoft-ServiceBus-Client/Admin",
            "Microsoft-ServiceBus-Client/Operational",
            "Microsoft-ServiceBus-Client",
        ],
    ),
    ("msexchange-management", &["MSExchange Management"]),
    ("ntfs", &["Microsoft-Windows-Ntfs/Operational"]),
    ("ntlm", &["Microsoft-Windows-NTLM/Operational"]),
    ("openssh", &["OpenSSH/Operational"]),
    ("powershell", &["Microsoft-Windows-PowerShell/Operational", "PowerShellCore/Operational"]),
    (CLASSIC, &["Windows PowerShell"]),
    ("printservice-admin", &["Microsoft-Windows-PrintService/Admin"]),
    ("printservice-operational", &["Microsoft-Windows-PrintService/Operational"]),
    ("security", &["Security"]),
    (
        "security-mitigations",
        &[
            "Microsoft-Windows-Security-Mitigations/KernelMode",
            "Microsoft-Windows-Security-Mitigations/UserMode",
            "Microsoft-Windows-Security-Mitigations/Kernel Mode",
            "Microsoft-Windows-Security-Mitigations/User Mode",
        ],
    ),
    ("sense", &["Microsoft-Windows-SENSE/Operational"]),
    ("shell-core", &["Microsoft-Windows-Shell-Core/Operational"]),
    ("smbclient-audit", &["Microsoft-Windows-SmbClient/Audit"]),
    ("smbclient-connectivity", &["Microsoft-Windows-SmbClient/Connectivity"]),
    ("smbclient-operational", &["Microsoft-Windows-SmbClient/Operational"]),
    ("smbclient-security", &["Microsoft-Windows-SmbClient/Security"]),
    ("smbserver-audit", &["Microsoft-Windows-SMBServer/Audit"]),
    ("smbserver-connectivity", &["Microsoft-Windows-SMBServer/Connectivity"]),
    ("smbserver-operational", &["Microsoft-Windows-SMBServer/Operational"]),
    ("smbserver-security", &["Microsoft-Windows-SMBServer/Security"]),
    ("sysmon", &["Microsoft-Windows-Sysmon/Operational"]),
    ("system", &["System"]),
    ("taskscheduler", &["Microsoft-Windows-TaskScheduler/Operational"]),
    ("terminalservices-localsessionmanager", &["Microsoft-Windows-TerminalServices-LocalSessionManager/Operational"]),
    (
        "terminalservices-remoteconnectionmanager",
        &["Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational"],
    ),
    ("user-profile", &["Microsoft-Windows-User Profile Service/Operational"]),
    ("vhdmp", &["Microsoft-Windows-VHDMP-Operational", "Microsoft-Windows-VHDMP/Operational"]),
    ("vss", &["Microsoft-Windows-VolumeSnapshot-Driver/Operational"]),
    ("webclient", &["Microsoft-Windows-WebClient/Operational"]),
    ("windefend", &["Microsoft-Windows-Windows Defender/Operational"]),
    ("windows-update", &["Microsoft-Windows-WindowsUpdateClient/Operational"]),
    ("winrm", &["Microsoft-Windows-WinRM/Operational"]),
    ("wmi", &["Microsoft-Windows-WMI-Activity/Operational"]),
];

/// The channel of Sysmon for Linux.
const LINUX_SYSMON: &str = "Linux-Sysmon/Operational";

/// Providers that write to one channel only, for collectors that leave the channel out.
const PROVIDERS: [(&str, &str); 21] = [
    ("Microsoft-Windows-Security-Auditing", "security"),
    ("Microsoft-Windows-Sysmon", "sysmon"),
    ("Microsoft-Windows-PowerShell", "powershell"),
    ("PowerShellCore", "powershell"),
    ("PowerShell", CLASSIC),
    ("Service Control Manager", "system"),
    ("Microsoft-Windows-TaskScheduler", "taskscheduler"),
    ("Microsoft-Windows-WMI-Activity", "wmi"),
    ("Microsoft-Windows-Windows Defender", "windefend"),
    ("Microsoft-Windows-Windows Firewall With Advanced Security", "firewall-as"),
    ("Microsoft-Windows-Bits-Client", "bits-client"),
    ("Microsoft-Windows-CodeIntegrity", "codeintegrity-operational"),
    ("Microsoft-Windows-AppLocker", "applocker"),
    ("Microsoft-Windows-NTLM", "ntlm"),
    ("Microsoft-Windows-DNS-Server-Service", "dns-server"),
    ("Microsoft-Windows-DriverFrameworks-UserMode", "driver-framework"),
    ("Microsoft-Windows-TerminalServices-LocalSessionManager", "terminalservices-localsessionmanager"),
    ("Microsoft-Windows-LDAP-Client", "ldap"),
    ("Microsoft-Windows-DHCP-Server", "dhcp"),
    ("MSExchange CmdletLogs", "msexchange-management"),
    ("OpenSSH", "openssh"),
];

/// All services that the table knows.
pub(super) fn services() -> impl Iterator<Item = &'static str> {
    SERVICES.iter().map(|(service, _)| *service)
}

/// What a channel is.
pub(super) fn of(channel: &str) -> Log {
    let is = |name: &&str| name.eq_ignore_ascii_case(channel);
    if is(&LINUX_SYSMON) {
        return Log::LinuxSysmon;
    }
    let found = SERVICES.iter().find(|(_, channels)| channels.iter().any(is));
    found.map_or(Log::Unknown, |(service, _)| Log::Service(service))
}

/// The channel that a provider writes to; nothing where that is not known.
pub(super) fn of_provider(provider: &str) -> Option<Log> {
    if provider.eq_ignore_ascii_case("Linux-Sysmon") {
        return Some(Log::LinuxSysmon);
    }
    let found = PROVIDERS.iter().find(|(name, _)| name.eq_ignore_ascii_case(provider));
    found.map(|(_, service)| Log::Service(service))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_channel_has_two_services() {
        let mut seen = HashSet::new();
        for channel in SERVICES.iter().flat_map(|(_, channels)| *channels) {
            assert!(seen.insert(channel.to_ascii_lowercase()), "{channel}");
        }
    }

    #[test]
    fn every_provider_leads_to_a_service() {
        for (provider, service) in PROVIDERS {
            assert!(SERVICES.iter().any(|(known, _)| *known == service), "{provider}: {service}");
        }
    }

    #[test]
    fn a_channel_is_found_in_any_case() {
        assert_eq!(of("security"), Log::Service("security"));
        assert_eq!(of("MICROSOFT-WINDOWS-SYSMON/OPERATIONAL"), Log::Service("sysmon"));
        assert_eq!(of("Microsoft-Windows-Kernel-IO/Operational"), Log::Unknown);
        assert_eq!(of_provider("microsoft-windows-sysmon"), Some(Log::Service("sysmon")));
        assert_eq!(of_provider("Outlook"), None);
    }
}

//! Names of system calls, for records that only number them. Rules go by the name.

use crate::watch::format::draft::Fields;

/// Calls that rules ask for or that tell most: the name, and its number on x86-64 and on 64-bit ARM.
const CALLS: [(&str, u16, Option<u16>); 49] = [
    ("open", 2, None),
    ("socket", 41, Some(198)),
    ("connect", 42, Some(203)),
    ("accept", 43, Some(202)),
    ("sendto", 44, Some(206)),
    ("bind", 49, Some(200)),
    ("listen", 50, Some(201)),
    ("clone", 56, Some(220)),
    ("fork", 57, None),
    ("vfork", 58, None),
    ("execve", 59, Some(221)),
    ("kill", 62, Some(129)),
    ("rename", 82, None),
    ("mkdir", 83, None),
    ("rmdir", 84, None),
    ("creat", 85, None),
    ("link", 86, None),
    ("unlink", 87, None),
    ("symlink", 88, None),
    ("chmod", 90, None),
    ("fchmod", 91, Some(52)),
    ("chown", 92, None),
    ("fchown", 93, Some(55)),
    ("sysinfo", 99, Some(179)),
    ("ptrace", 101, Some(117)),
    ("syslog", 103, Some(116)),
    ("setuid", 105, Some(146)),
    ("mknod", 133, None),
    ("personality", 135, Some(92)),
    ("chroot", 161, Some(51)),
    ("settimeofday", 164, Some(170)),
    ("mount", 165, Some(40)),
    ("umount2", 166, Some(39)),
    ("sethostname", 170, Some(161)),
    ("init_module", 175, Some(105)),
    ("delete_module", 176, Some(106)),
    ("clock_settime", 227, Some(112)),
    ("openat", 257, Some(56)),
    ("mknodat", 259, Some(33)),
    ("unlinkat", 263, Some(35)),
    ("renameat", 264, Some(38)),
    ("fchmodat", 268, Some(53)),
    ("accept4", 288, Some(242)),
    ("process_vm_readv", 310, Some(270)),
    ("finit_module", 313, Some(273)),
    ("renameat2", 316, Some(276)),
    ("memfd_create", 319, Some(279)),
    ("bpf", 321, Some(280)),
    ("execveat", 322, Some(281)),
];

/// Adds the name of the call to a record without it.
pub(super) fn name(fields: &mut Fields) {
    if fields.value("SYSCALL").is_some() {
        return;
    }
    let number = |name: &str| fields.text(name)?.parse::<u16>().ok();
    let Some(call) = number("syscall") else { return };
    let found = match fields.text("arch") {
        Some("c000003e") => CALLS.iter().find(|(_, amd, _)| *amd == call),
        Some("c00000b7") => CALLS.iter().find(|(_, _, arm)| *arm == Some(call)),
        _ => None,
    };
    if let Some((name, ..)) = found {
        fields.put("SYSCALL", *name);
    }
}

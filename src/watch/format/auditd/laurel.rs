//! Laurel's JSON: all records of one audit event in one object, `{"ID": "1795289302.123:4711", "SYSCALL": {…},
//! "EXECVE": {"ARGV": […]}, "PATH": [{…}, …], …}`. Here one line does say which program started with which arguments.

use crate::watch::event::Value;
use crate::watch::format::auditd::{VALUES, hide_arguments, instant};
use crate::watch::format::draft::{Draft, Fields};
use crate::watch::hidden::Hidden;
use crate::watch::kind;

/// Members of the object that are no records.
const ABOUT: [&str; 6] = ["ID", "NODE", "PARENT_INFO", "CONTAINER_INFO", "LABELS", "SCRIPT"];

/// Describes an object that Laurel wrote; leaves any other as it is.
pub(in crate::watch::format) fn describe(draft: &mut Draft) {
    let Some((time, serial)) =
        draft.fields.text("ID").filter(|id| kind::is_audit(id)).and_then(|id| id.split_once(':'))
    else {
        return;
    };
    let Some(time) = instant(time) else { return };
    let mut more = Fields::default();
    more.put("serial", serial);
    let mut kinds: Vec<&str> = Vec::new();
    for (name, value) in &draft.fields.0 {
        let Some((record, field)) = name.split_once('.').filter(|(record, _)| is_record(record)) else { continue };
        if !kinds.contains(&record) {
            kinds.push(record);
            more.put("type", record);
        }
        match (field, value) {
            ("ARGV", Value::List(arguments)) if record == "EXECVE" => {
                for (number, argument) in arguments.iter().enumerate() {
                    more.put(&format!("a{number}"), argument.clone());
                }
            }
            _ if !field.contains('.') => more.put(field, value.clone()),
            _ => {}
        }
    }
    if kinds.is_empty() {
        return;
    }
    let starts = kinds.contains(&"EXECVE");
    if starts {
        started(&draft.fields, &mut more, &mut draft.hidden);
    }
    draft.time = Some(time);
    draft.logsource = Draft::of("linux", Some("auditd")).logsource;
    draft.logsource.category.extend(starts.then(|| "process_creation".to_owned()));
    draft.fields.0.append(&mut more.0);
}

fn is_record(name: &str) -> bool {
    let upper = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    upper && name.len() > 2 && !ABOUT.contains(&name)
}

/// The names that rules for any start of a process use.
fn started(said: &Fields, more: &mut Fields, hidden: &mut Hidden) {
    let value = |names: &[&str]| names.iter().find_map(|name| said.value(name)).cloned();
    for (ours, theirs) in [
        ("Image", &["SYSCALL.exe"][..]),
        ("ParentImage", &["SYSCALL.PPID.exe", "PARENT_INFO.exe"]),
        ("CurrentDirectory", &["CWD.cwd"]),
        ("User", &["SYSCALL.UID"]),
        ("ProcessId", &["SYSCALL.pid"]),
        ("ParentProcessId", &["SYSCALL.ppid"]),
    ] {
        if let Some(value) = value(theirs) {
            more.put(ours, value);
        }
    }
    for (ours, theirs) in [("CommandLine", "EXECVE.ARGV"), ("ParentCommandLine", "PARENT_INFO.ARGV")] {
        if let Some(Value::List(arguments)) = said.value(theirs) {
            more.put(ours, command(arguments, hidden));
        }
    }
}

/// The arguments in one line.
fn command(arguments: &[Value], hidden: &mut Hidden) -> String {
    let texts =
        arguments.iter().filter_map(|value| if let Value::Text(text) = value { Some(text.as_str()) } else { None });
    let texts: Vec<&str> = texts.collect();
    let line = texts.join(" ");
    if texts.len() <= VALUES {
        hide_arguments(&texts, &line, hidden);
    } else {
        hidden.hide_all();
    }
    line
}

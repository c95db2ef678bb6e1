//! Samba's `vfs_full_audit`: who did what to which file, one operation a line, inside any syslog layout or in smbd's
//! own log. The words before the operation follow the site's `full_audit:prefix`; `%u|%I|%m|%S` and shorter forms of
//! it are understood.

use super::draft::{Draft, Fields, Misfit, Reading};
use super::kind::{Kind, Memory, Standing, Surety};
use super::origin::Possible;
use super::time::When;
use super::{samba, syslog};

/// What the module calls itself in syslog.
pub(super) const PROGRAM: &str = "smbd_audit";

/// Samba's audit of files.
pub(super) struct SambaAudit;

impl Kind for SambaAudit {
    // Syslog is all that the audit is, and more.
    const PART_OF: Option<&'static str> = Some("syslog");
    const STANDING: Standing = Standing::Remembers;

    fn read(text: &str, when: When<'_>, memory: &mut Memory) -> Reading {
        if let Some(time) = samba::header(text, when) {
            memory.header = Some(time);
            return Ok(None);
        }
        let draft = read(text, when)?;
        Ok(draft.map(|draft| Draft { time: draft.time.or(memory.header), ..draft }))
    }

    fn sniff(text: &str, when: When<'_>) -> Option<Surety> {
        Surety::certain(is(text, when))
    }

    fn possible() -> Vec<Possible> {
        vec![Possible::of(&["samba"], &["full_audit"], &[])]
    }
}

/// Reads one line. Lines of the same stream that are not about files have nothing to say.
pub(super) fn read(text: &str, when: When<'_>) -> Reading {
    if let Some(envelope) = syslog::open(text, when) {
        if envelope.program != Some(PROGRAM) {
            return Ok(None);
        }
        let mut draft = said(envelope.message).ok_or(Misfit("smbd_audit without an operation"))?;
        draft.time = envelope.time;
        let mut fields = Fields::default();
        syslog::describe(&envelope, &mut fields);
        fields.put_new(draft.fields);
        draft.fields = fields;
        return Ok(Some(draft));
    }
    if samba::header(text, when).is_some() {
        return Ok(None);
    }
    said(text).map(Some).ok_or(Misfit("no operation of vfs_full_audit"))
}

/// Whether a whole line is of this format.
pub(super) fn is(text: &str, when: When<'_>) -> bool {
    syslog::open(text, when)
        .is_some_and(|envelope| envelope.program == Some(PROGRAM) && said(envelope.message).is_some())
}

/// What a message says: `user|ip|host|share|operation|result|…`.
pub(super) fn said(message: &str) -> Option<Draft> {
    let words: Vec<&str> = message.trim().split('|').collect();
    let result = result_at(&words)?;
    let (prefix, operation, arguments) = (&words[..result - 1], words[result - 1], &words[result + 1..]);
    let mut draft = Draft::of("samba", Some("full_audit"));
    let fields = &mut draft.fields;
    name_prefix(prefix, fields);
    fields.put("operation", operation);
    match words[result].strip_prefix("fail") {
        None => {
            fields.put("result", "ok");
            fields.put("success", true);
        }
        Some(reason) => {
            fields.put("result", "fail");
            fields.put("success", false);
            fields.put_said("reason", Some(reason.trim_matches([' ', '(', ')'])));
        }
    }
    describe(operation, arguments, fields);
    Some(draft)
}

/// Where the result stands: behind the usual four words and the operation, or wherever the first one is.
fn result_at(words: &[&str]) -> Option<usize> {
    let is_result = |at: &usize| words.get(*at).is_some_and(|word| *word == "ok" || word.starts_with("fail"));
    let usual = Some(5).filter(is_result);
    let at = usual.or_else(|| (2..words.len()).find(is_result))?;
    let operation = words[at - 1];
    let plausible = matches!(operation.len(), 3..=40)
        && operation.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    plausible.then_some(at)
}

fn name_prefix(prefix: &[&str], fields: &mut Fields) {
    let names: &[&str] = match prefix {
        [_, address, _] if address.parse::<std::net::IpAddr>().is_ok() => &["user", "src_ip", "share"],
        [_, _, _] => &["user", "host", "share"],
        _ => &["user", "src_ip", "host", "share"],
    };
    for (name, word) in names.iter().zip(prefix) {
        fields.put_said(name, Some(*word));
    }
}

fn describe(operation: &str, arguments: &[&str], fields: &mut Fields) {
    match (operation, arguments) {
        ("connect" | "disconnect", _) => {}
        ("open" | "openat", [mode @ ("r" | "w" | "rw"), path @ ..]) => {
            fields.put("mode", *mode);
            file(&path.join("|"), fields);
        }
        ("rename" | "renameat" | "link" | "linkat", paths) if paths.len() >= 2 => {
            // A name may hold the separator; two names of equal shape are then still told apart.
            let (old, new) = paths.split_at(paths.len() / 2);
            renamed(&old.join("|"), &new.join("|"), fields);
        }
        ("create_file", [_, kind, disposition, path @ ..]) if !path.is_empty() => {
            fields.put("kind", *kind);
            fields.put("disposition", *disposition);
            file(&path.join("|"), fields);
        }
        // Nothing follows the name, which may hold the separator.
        ("unlink" | "unlinkat" | "rmdir" | "mkdir" | "mkdirat" | "opendir" | "chdir", path) if !path.is_empty() => {
            let begins = path.iter().position(|word| word.contains('/')).unwrap_or_default();
            file(&path[begins..].join("|"), fields);
        }
        (_, [.., path]) if path.contains('/') => file(path, fields),
        (_, [path, ..]) => file(path, fields),
        (_, []) => {}
    }
}

fn file(path: &str, fields: &mut Fields) {
    fields.put_said("path", Some(path));
    fields.put_said("folder", folder(path));
    fields.put_said("extension", extension(path));
}

fn renamed(old: &str, new: &str, fields: &mut Fields) {
    file(old, fields);
    fields.put_said("new_path", Some(new));
    fields.put_said("new_folder", folder(new));
    fields.put_said("new_extension", extension(new));
    let added = new.strip_prefix(old).filter(|added| added.len() > 1 && added.starts_with('.') && !added.contains('/'));
    fields.put_said("added_extension", added);
}

fn folder(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

/// The last dot of a file's name and what follows it.
fn extension(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?;
    let dot = name.rfind('.').filter(|dot| *dot > 0 && dot + 1 < name.len())?;
    Some(&name[dot..])
}

#[cfg(test)]
mod tests;

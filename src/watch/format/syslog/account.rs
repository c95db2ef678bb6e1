//! What PAM, su, sudo and the programs that change accounts say.

use crate::watch::format::draft::{Fields, Outcome};

/// Adds what the message says.
pub(super) fn describe(service: &str, message: &str, fields: &mut Fields) {
    if message.starts_with("pam_") {
        return pam(message, fields);
    }
    match service {
        "su" => su(message, fields),
        "sudo" => sudo(message, fields),
        "useradd" | "groupadd" | "adduser" => added(message, fields),
        "usermod" | "gpasswd" => changed(message, fields),
        "userdel" | "groupdel" => removed(message, fields),
        _ => {}
    }
}

/// `pam_unix(sshd:auth): authentication failure; … rhost=… user=…`
pub(super) fn pam(message: &str, fields: &mut Fields) {
    let Some((module, said)) = message.split_once("): ") else { return };
    let action = if said.starts_with("authentication failure;") {
        "pam_failure"
    } else if said.starts_with("check pass; user unknown") {
        "pam_unknown_user"
    } else if said.starts_with("session opened for user ") {
        "session_opened"
    } else if said.starts_with("session closed for user ") {
        "session_closed"
    } else if said.starts_with("password changed for ") {
        "password_changed"
    } else {
        return;
    };
    fields.put_said("pam_module", module.split('(').next());
    fields.put("action", action);
    match action {
        "pam_failure" | "pam_unknown_user" => fields.outcome(Outcome::Failure),
        "session_opened" | "password_changed" => fields.outcome(Outcome::Success),
        _ => {}
    }
    match action {
        "pam_failure" => {
            for pair in said.split([' ', ';']) {
                match pair.split_once('=') {
                    Some(("user", user)) => fields.put_said("user", Some(user)),
                    Some(("rhost", address)) => fields.put_said("src_ip", Some(address)),
                    Some(("ruser", user)) => fields.put_said("ruser", Some(user)),
                    Some(("tty", terminal)) => fields.put_said("tty", Some(terminal)),
                    _ => {}
                }
            }
        }
        _ => fields.put_said("user", said.split(" for ").nth(1).and_then(account_name)),
    }
}

/// `user medecin1(uid=1001) by (uid=0)` or `medecin1`
fn account_name(text: &str) -> Option<&str> {
    text.strip_prefix("user ").unwrap_or(text).split(['(', ' ']).next()
}

/// `FAILED SU (to root) medecin1 on none`, `(to root) medecin1 on pts/0`
fn su(message: &str, fields: &mut Fields) {
    let (action, outcome, rest) = match message.strip_prefix("FAILED SU ") {
        Some(rest) => ("failed", Outcome::Failure, rest),
        None => ("accepted", Outcome::Success, message),
    };
    let Some((target, rest)) = rest.strip_prefix("(to ").and_then(|rest| rest.split_once(") ")) else { return };
    let (user, terminal) = rest.rsplit_once(" on ").unwrap_or((rest, ""));
    fields.put("action", action);
    fields.outcome(outcome);
    fields.put("user", user);
    fields.put("target_user", target);
    fields.put_said("tty", Some(terminal).filter(|terminal| *terminal != "none"));
}

/// `alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/bin/ls`, with a complaint before the terminal where it
/// was refused. Rules in public use know the capital names.
fn sudo(message: &str, fields: &mut Fields) {
    let Some((user, rest)) = message.trim_start().split_once(" : ") else { return };
    let mut action = "command";
    let mut said = Vec::new();
    let mut rest = rest;
    while !rest.is_empty() {
        let command = rest.starts_with("COMMAND=");
        let (part, after) = if command { (rest, "") } else { rest.split_once(" ; ").unwrap_or((rest, "")) };
        match part.split_once('=') {
            Some((name, value)) if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                said.push((name, value));
            }
            _ if part.contains("incorrect password attempt") => action = "failed",
            _ if part.contains("NOT in sudoers") || part.contains("not allowed") => action = "not_allowed",
            _ => {}
        }
        rest = after;
    }
    if said.is_empty() {
        return;
    }
    fields.put("action", action);
    fields.outcome(if action == "command" { Outcome::Success } else { Outcome::Failure });
    fields.put("user", user);
    for (name, value) in said {
        fields.put_said(name, Some(value));
        if name == "USER" {
            fields.put("target_user", value);
        }
    }
}

/// `new user: name=intrus, UID=1003, …`, `new group: name=intrus, GID=1003`
fn added(message: &str, fields: &mut Fields) {
    let name = |rest: &'static str| message.strip_prefix(rest).and_then(|rest| rest.split(',').next());
    if let Some(user) = name("new user: name=") {
        fields.put("action", "user_added");
        fields.put("user", user);
        let uid = message.split(", UID=").nth(1).and_then(|rest| rest.split(',').next());
        if let Some(uid) = uid {
            fields.put_number("uid", uid);
        }
    } else if let Some(group) = name("new group: name=") {
        fields.put("action", "group_added");
        fields.put("group", group);
    }
}

/// `add 'intrus' to group 'sudo'`, `user alice added by root to group sudo`
fn changed(message: &str, fields: &mut Fields) {
    let quoted: Vec<&str> = message.split('\'').skip(1).step_by(2).collect();
    if let (true, [user, group]) = (message.starts_with("add '"), quoted.as_slice()) {
        let shadow = message.contains("' to shadow group '");
        fields.put("action", if shadow { "shadow_group_joined" } else { "group_joined" });
        fields.put("user", *user);
        fields.put("group", *group);
    } else if let Some((user, rest)) = message.strip_prefix("user ").and_then(|rest| rest.split_once(" added by ")) {
        fields.put("action", "group_joined");
        fields.put("user", user);
        fields.put_said("group", rest.split_once(" to group ").map(|(_, group)| group));
    }
}

/// `delete user 'intrus'`, `delete 'intrus' from group 'sudo'`, `removed group 'intrus' owned by 'intrus'`
fn removed(message: &str, fields: &mut Fields) {
    let quoted: Vec<&str> = message.split('\'').skip(1).step_by(2).collect();
    let (action, user, group) = match quoted.as_slice() {
        [user] if message.starts_with("delete user '") => ("user_removed", Some(*user), None),
        [user, group] if message.contains("' from group '") => ("group_left", Some(*user), Some(*group)),
        [group, ..] if message.starts_with("removed group '") => ("group_removed", None, Some(*group)),
        _ => return,
    };
    fields.put("action", action);
    fields.put_said("user", user);
    fields.put_said("group", group);
}

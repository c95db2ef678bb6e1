//! Accounts and groups of this machine: who runs vigie, who owns a file, who may read what. The only file that names
//! nix, which asks the system as every program does, so that accounts of a directory count too.

use std::ffi::CString;

use nix::unistd::{Gid, Group, Uid, User, geteuid, getgrouplist};

/// The account that everything may be read and written by.
pub(crate) const ROOT: u32 = 0;

/// The account this program runs as.
pub(crate) fn own() -> u32 {
    geteuid().as_raw()
}

/// What an account is called; its number where it has no name.
pub(crate) fn name(account: u32) -> String {
    let user = User::from_uid(Uid::from_raw(account)).ok().flatten();
    user.map_or_else(|| account.to_string(), |user| user.name)
}

/// Whether this machine has an account, by its name or its number.
pub(crate) fn is_known(account: &str) -> bool {
    let numbered =
        || account.parse().is_ok_and(|number| User::from_uid(Uid::from_raw(number)).is_ok_and(|user| user.is_some()));
    User::from_name(account).is_ok_and(|user| user.is_some()) || numbered()
}

/// The number of a group that is named or numbered.
pub(crate) fn group(text: &str) -> Option<u32> {
    let named = Group::from_name(text).ok().flatten().map(|group| group.gid.as_raw());
    named.or_else(|| text.parse().ok())
}

/// What a group is called; its number where it has no name.
pub(crate) fn group_name(group: u32) -> String {
    let named = Group::from_gid(Gid::from_raw(group)).ok().flatten();
    named.map_or_else(|| group.to_string(), |group| group.name)
}

/// Whether an account is in a group.
pub(crate) fn belongs(account: u32, group: u32) -> bool {
    let Some(user) = User::from_uid(Uid::from_raw(account)).ok().flatten() else { return false };
    let Ok(name) = CString::new(user.name) else { return false };
    let groups = getgrouplist(&name, user.gid).unwrap_or_default();
    groups.iter().any(|known| known.as_raw() == group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_administrator_is_known_everywhere() {
        assert_eq!(name(ROOT), "root");
        assert_eq!(group("root").map(group_name), Some("root".to_owned()));
        assert!(belongs(ROOT, 0));
    }

    #[test]
    fn whoever_is_not_known_has_a_number() {
        assert_eq!(name(3_999_999), "3999999");
        assert_eq!((group("3999999"), group("no such group")), (Some(3_999_999), None));
        assert!(!belongs(3_999_999, 3_999_999));
    }
}

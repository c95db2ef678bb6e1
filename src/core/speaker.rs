//! Who speaks: a person is who their account says they are. Whoever has none is named by somebody else, and that is kept.

use super::context::Context;
use crate::api::{Caller, Command, DoneBy, Refusal, Speaker};
use crate::base::id::PersonId;

/// Who has a command done, and by which account.
#[derive(Debug, Clone)]
pub(super) struct Behind {
    /// The person; nobody where the command does not ask who.
    pub(super) person: PersonId,
    /// The account; nothing for what vigie's own process asks.
    pub(super) by: Option<DoneBy>,
}

/// Who is behind a command.
pub(super) fn behind(context: Context<'_>, command: &Command, caller: Option<&Caller>) -> Result<Behind, Refusal> {
    let account = |as_said| caller.map(|caller| DoneBy { account: caller.account.clone(), as_said });
    let Some(Speaker(named)) = command.speaker() else {
        return Ok(Behind { person: PersonId(String::new()), by: account(false) });
    };
    let owner = caller.and_then(|caller| owner(context, &caller.account));
    match (named, owner) {
        (None, Some(owner)) => Ok(Behind { person: owner.clone(), by: account(false) }),
        (None, None) => Err(Refusal::NobodyNamed { account: caller.map(|caller| caller.account.clone()) }),
        (Some(named), owner) => {
            let is_owner = owner == Some(named);
            if let Some(caller) = caller.filter(|caller| !is_owner && !caller.for_others)
                && has_account(context, named)
            {
                return Err(Refusal::NotTheirs { person: named.clone(), account: caller.account.clone() });
            }
            Ok(Behind { person: named.clone(), by: account(!is_owner) })
        }
    }
}

/// Whom an account belongs to.
fn owner<'a>(context: Context<'a>, account: &str) -> Option<&'a PersonId> {
    let mut people = context.site().roster.people.values();
    people.find(|person| person.accounts.iter().any(|known| known == account)).map(|person| &person.id)
}

fn has_account(context: Context<'_>, person: &PersonId) -> bool {
    context.site().roster.people.get(person).is_some_and(|person| !person.accounts.is_empty())
}

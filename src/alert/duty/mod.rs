//! What must be declared, to whom, by when. Each duty is a file of its own under `law/`, inside the binary, with the day
//! on which its sources were looked at. A duty is given to a person; the authority has a name here and no address, so
//! nothing can ever be sent to it by a machine.
//!
//! `definition` is a duty as it is meant, `clock` by when, `country` where, `form` what is asked, `file` how it is written,
//! `library` all of them, `given` one that was given to somebody because of an incident, `keeping` the machine that keeps it in
//! their hands until it is done.

mod clock;
mod country;
mod definition;
mod file;
mod form;
mod given;
mod keeping;
mod library;

pub(crate) use self::clock::From;
pub(crate) use self::country::Country;
pub(crate) use self::definition::{Duty, Source, Status};
pub(crate) use self::form::Fill;
pub(crate) use self::given::{Awareness, Ended, Given, How};
pub(crate) use self::keeping::{Effect, Keeping, Owner};
pub(crate) use self::library::{all, find, of};

#[cfg(test)]
mod tests;

//! Names that are put together and asked for each time: for whoever reads few lines, or wants every member anew.

use super::{Hearer, Naming, Quoted, Wanted};

/// The dotted name of the member that is being read. A place in the object is the length of its name.
#[derive(Debug, Default)]
pub(in crate::watch) struct Spelled(String);

impl Naming for Spelled {
    type Place = usize;

    fn root(&self) -> usize {
        0
    }

    fn expected(&mut self, _: &[u8], _: usize, _: Option<usize>) -> Option<(usize, usize)> {
        None
    }

    fn enter(&mut self, name: Quoted<'_>, parent: usize, _: Option<usize>) -> usize {
        self.0.truncate(parent);
        if parent > 0 {
            self.0.push('.');
        }
        name.put(&mut self.0);
        self.0.len()
    }

    fn length(&self, place: usize) -> usize {
        place
    }

    fn wanted<'a>(&mut self, place: usize, hearer: &mut impl Hearer<'a>) -> Wanted {
        hearer.wants(&self.0[..place])
    }
}

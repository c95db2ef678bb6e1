//! Repetitions of a repetition (`a++b`). Other engines give back nothing of what such a one took; here the second sign says
//! nothing. Both are read without complaint, so whoever wrote it would not hear of the difference.

use std::convert::Infallible;
use std::ops::Range;

use regex_syntax::ast::{Ast, Visitor, parse::Parser, visit};

/// Where the first of them is, in bytes.
pub(super) fn find(expression: &str) -> Option<Range<usize>> {
    let ast = Parser::new().parse(expression).ok()?;
    visit(&ast, Search(None)).unwrap_or_else(|never| match never {})
}

struct Search(Option<Range<usize>>);

impl Visitor for Search {
    type Output = Option<Range<usize>>;
    type Err = Infallible;

    fn finish(self) -> Result<Self::Output, Infallible> {
        Ok(self.0)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Infallible> {
        if let Ast::Repetition(outer) = ast
            && matches!(&*outer.ast, Ast::Repetition(_))
        {
            let op = outer.op.span;
            self.0.get_or_insert(op.start.offset..op.end.offset);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repetition_of_a_repetition_is_found_where_it_is() {
        for (text, at) in [
            ("a++b", Some(2..3)),
            ("x(a*+)", Some(4..5)),
            ("é{2}+", Some(5..6)),
            ("a?+", Some(2..3)),
            ("a**", Some(2..3)),
            ("a+?", None),
            ("(a+)+", None),
            (r"a\++", None),
            ("[+]+[++]", None),
            ("a+", None),
        ] {
            assert_eq!(find(text), at, "{text}");
        }
    }
}

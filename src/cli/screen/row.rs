//! One line on the screen, put together of sentences and values. Each is made visible as it enters; colours are asked
//! for by name and never come with a text, so no value can colour, move or begin a line.

use std::fmt::{self, Write as _};

use super::Screen;
use crate::words::Said;

/// How something strikes the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Paint {
    /// What the line is about.
    Bold,
    /// What must be looked at.
    Red,
    /// What is well.
    Green,
    /// What stands beside.
    Dim,
}

impl Paint {
    fn code(self) -> &'static str {
        match self {
            Self::Bold => "1",
            Self::Red => "1;31",
            Self::Green => "32",
            Self::Dim => "2",
        }
    }
}

/// Where a line goes.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    /// Standard output.
    Out,
    /// Standard error.
    Error,
}

/// A line that is being put together.
#[derive(Debug)]
#[must_use = "a row is shown by `end`"]
pub(in crate::cli) struct Row {
    screen: Screen,
    end: End,
    text: String,
}

#[expect(clippy::needless_pass_by_value, reason = "sentences are made where they are shown")]
impl Row {
    fn with(mut self, words: fmt::Arguments<'_>) -> Self {
        self.text.write_fmt(words).expect("writing to a string cannot fail");
        self
    }

    pub(super) fn new(screen: Screen, end: End) -> Self {
        Self { screen, end, text: String::new() }
    }

    /// Adds a sentence or a value.
    pub(in crate::cli) fn put(mut self, words: impl Said) -> Self {
        self.text.push_str(&words.said(self.screen.language()));
        self
    }

    /// Adds a sentence or a value, with blanks behind it up to `width` letters.
    pub(in crate::cli) fn cell(self, width: usize, words: impl Said) -> Self {
        let words = words.said(self.screen.language());
        self.with(format_args!("{words:<width$}"))
    }

    /// Adds a sentence or a value, with blanks before it up to `width` letters.
    pub(in crate::cli) fn right(self, width: usize, words: impl Said) -> Self {
        let words = words.said(self.screen.language());
        self.with(format_args!("{words:>width$}"))
    }

    /// Adds a sentence or a value that strikes the eye.
    pub(in crate::cli) fn paint(self, paint: Paint, words: impl Said) -> Self {
        let words = words.said(self.screen.language());
        if self.screen.colours {
            self.with(format_args!("\u{1b}[{}m{words}\u{1b}[0m", paint.code()))
        } else {
            self.with(format_args!("{words}"))
        }
    }

    /// Adds a sentence or a value that strikes the eye, with blanks behind it up to `width` letters.
    pub(in crate::cli) fn painted(self, paint: Paint, width: usize, words: impl Said) -> Self {
        let words = words.said(self.screen.language());
        let blanks = width.saturating_sub(words.chars().count());
        let row = self.paint(paint, &words);
        row.cell(blanks, "")
    }

    /// Adds something only where there is something to add.
    pub(in crate::cli) fn maybe<T>(self, thing: Option<T>, add: impl FnOnce(Self, T) -> Self) -> Self {
        match thing {
            Some(thing) => add(self, thing),
            None => self,
        }
    }

    /// Shows the line.
    pub(in crate::cli) fn end(self) {
        super::print(self.end, self.text.trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::language::{Language, Text};

    fn row(colours: bool) -> Row {
        Row::new(Screen { colours, language: Some(Language::Fr) }, End::Out)
    }

    #[test]
    fn a_value_is_one_visible_line_without_colours_of_its_own() {
        let hostile = "x\nA9  critique  \u{1b}[32mterminée\u{1b}[0m\u{202e}";
        let shown = r"x\nA9  critique  \u{1b}[32mterminée\u{1b}[0m\u{202e}";
        assert_eq!(row(true).put(hostile).text, shown);
        assert_eq!(row(true).paint(Paint::Red, hostile).text, format!("\u{1b}[1;31m{shown}\u{1b}[0m"));
        assert_eq!(row(false).paint(Paint::Red, hostile).text, shown);
        let title = Text::both(hostile, "y");
        assert_eq!(row(false).put(&title).text, shown);
    }

    #[test]
    fn cells_stand_in_columns() {
        let text = row(false).right(4, 7).put("  ").cell(5, "été").put("|").maybe(Some("z"), Row::put).text;
        assert_eq!(text, "   7  été  |z");
        assert_eq!(row(false).maybe(None::<&str>, Row::put).text, "");
    }
}

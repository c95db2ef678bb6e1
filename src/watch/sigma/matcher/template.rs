//! A value of a rule with its wildcards and escapes understood, before anything is looked for (Sigma rules
//! specification 2.1, sections "String wildcard" and "Escaping").

/// One piece of a pattern as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// A letter.
    Letter(char),
    /// `?`: any one letter.
    One,
    /// `*`: any letters, or none.
    Many,
    /// Any of the dashes that Windows programs take for the start of an option.
    Dash,
}

/// The dashes of the `windash` modifier.
pub(super) const DASHES: [char; 5] = ['-', '/', '\u{2013}', '\u{2014}', '\u{2015}'];

/// A value of a rule, its wildcards and escapes understood, before anything is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template(pub(super) Vec<Piece>);

impl Template {
    /// Reads a value with wildcards. A backslash takes the meaning from a wildcard or a backslash behind it, and is
    /// a plain letter everywhere else.
    pub(crate) fn parse(text: &str) -> Self {
        let mut pieces = Vec::with_capacity(text.len());
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            pieces.push(match letter {
                '*' => Piece::Many,
                '?' => Piece::One,
                '\\' => Piece::Letter(letters.next_if(|next| matches!(next, '*' | '?' | '\\')).unwrap_or('\\')),
                _ => Piece::Letter(letter),
            });
        }
        Self(pieces)
    }

    /// A value in which nothing is special.
    pub(crate) fn plain(text: &str) -> Self {
        Self(text.chars().map(Piece::Letter).collect())
    }

    /// The text, where there is no wildcard in it.
    pub(crate) fn literal(&self) -> Option<String> {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Letter(letter) => Some(*letter),
                Piece::One | Piece::Many | Piece::Dash => None,
            })
            .collect()
    }

    /// The same with every dash that opens a word standing for any of the [`DASHES`].
    pub(crate) fn with_any_dash(mut self) -> Self {
        let in_word = |piece: Option<&Piece>| matches!(piece, Some(Piece::Letter(letter)) if letter.is_alphanumeric() || *letter == '_');
        for at in 0..self.0.len() {
            let dash = matches!(self.0[at], Piece::Letter(letter) if DASHES.contains(&letter));
            if dash && !in_word(at.checked_sub(1).and_then(|before| self.0.get(before))) && in_word(self.0.get(at + 1))
            {
                self.0[at] = Piece::Dash;
            }
        }
        self
    }

    /// Whether it holds a letter that formats such as JSON write with an escape, so that the line may spell it
    /// differently from the decoded value.
    pub(crate) fn may_be_escaped(&self) -> bool {
        self.0.iter().any(|piece| match piece {
            Piece::Letter(letter) => matches!(letter, '\\' | '"') || !letter.is_ascii() || letter.is_control(),
            Piece::Dash => true,
            Piece::One | Piece::Many => false,
        })
    }
}

impl Piece {
    /// Whether it stands for this letter.
    pub(super) fn takes(self, letter: char) -> bool {
        match self {
            Self::Letter(own) => own == letter,
            Self::One => true,
            Self::Dash => DASHES.contains(&letter),
            Self::Many => unreachable!("segments are cut at every `*`"),
        }
    }
}

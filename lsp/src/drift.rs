//! Places of an analysed text in the text as it is now: typing goes on while the last analysis is still good for most of
//! what stands around.

/// What lies between two states of a text: the same beginning, the same end, and something changed in the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drift {
    /// So many bytes at the beginning are the same.
    same: usize,
    /// Where the changed part ends in the old text.
    old_end: usize,
    /// Where it ends in the new text.
    new_end: usize,
}

impl Drift {
    /// From an old text to a new one.
    #[must_use]
    pub fn between(old: &str, new: &str) -> Drift {
        let mut same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        while !(old.is_char_boundary(same) && new.is_char_boundary(same)) {
            same -= 1;
        }
        let most = old.len().min(new.len()) - same;
        let mut tail = old
            .bytes()
            .rev()
            .zip(new.bytes().rev())
            .take(most)
            .take_while(|(a, b)| a == b)
            .count();
        while !(old.is_char_boundary(old.len() - tail) && new.is_char_boundary(new.len() - tail)) {
            tail -= 1;
        }
        Drift {
            same,
            old_end: old.len() - tail,
            new_end: new.len() - tail,
        }
    }

    /// Whether the texts are the same.
    #[must_use]
    pub fn none(&self) -> bool {
        self.same == self.old_end && self.same == self.new_end
    }

    /// A byte of the new text in the old one; `None` inside of what has changed.
    #[must_use]
    pub fn back(&self, new: usize) -> Option<usize> {
        if new <= self.same {
            Some(new)
        } else if new >= self.new_end {
            Some(new - self.new_end + self.old_end)
        } else {
            None
        }
    }

    /// A byte of the old text in the new one; inside of what has changed, its beginning.
    #[must_use]
    pub fn forth(&self, old: usize) -> usize {
        if old <= self.same {
            old
        } else if old >= self.old_end {
            old - self.old_end + self.new_end
        } else {
            self.same
        }
    }
}

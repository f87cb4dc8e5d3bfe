//! A reader of JSON that is in order, over the bytes as they are: `None` is anything else, escapes among it. Texts are not
//! looked at for UTF-8, since whoever takes one knows it by its bytes or refuses it.

/// What is left of a text.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    left: &'t [u8],
}

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

impl<'t> Reader<'t> {
    #[inline]
    pub(super) fn new(text: &'t [u8]) -> Reader<'t> {
        Reader { left: text }
    }

    /// The next byte that is no white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.left {
                [b' ' | b'\n' | b'\r' | b'\t', rest @ ..] => self.left = rest,
                [byte, ..] => return Some(*byte),
                [] => return None,
            }
        }
    }

    #[inline]
    fn skip(&mut self) {
        self.left = self.left.get(1..).unwrap_or(&[]);
    }

    /// This byte, behind white space.
    #[inline]
    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.skip())
    }

    /// A text without escapes.
    #[inline]
    pub(super) fn text(&mut self) -> Option<&'t [u8]> {
        self.take(b'"')?;
        let mut length = 0;
        // Eight bytes at once, of which one is perhaps a quote, a backslash, or a control letter.
        while let Some(eight) = self.left.get(length..).and_then(|rest| rest.first_chunk::<8>()) {
            let word = u64::from_le_bytes(*eight);
            let zero = |word: u64| word.wrapping_sub(LOW) & !word & HIGH;
            let special =
                zero(word ^ (LOW * 0x22)) | zero(word ^ (LOW * 0x5C)) | (word.wrapping_sub(LOW * 0x20) & !word & HIGH);
            if special != 0 {
                length += (special.trailing_zeros() / 8) as usize;
                return self.until(length);
            }
            length += 8;
        }
        let special = |byte: &u8| matches!(byte, b'"' | b'\\') || *byte < 0x20;
        length += self.left.get(length..)?.iter().position(special)?;
        self.until(length)
    }

    /// So many bytes, then a quote.
    #[inline]
    fn until(&mut self, length: usize) -> Option<&'t [u8]> {
        let (text, rest) = self.left.split_at_checked(length)?;
        let (b'"', rest) = rest.split_first()? else { return None };
        self.left = rest;
        Some(text)
    }

    /// What stands between `open` and `close`, with commas between.
    #[inline]
    fn list(&mut self, open: u8, close: u8, mut one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.take(open)?;
        if self.peek()? == close {
            self.skip();
            return Some(());
        }
        loop {
            one(self)?;
            match self.peek()? {
                b',' => self.skip(),
                byte => {
                    self.skip();
                    return (byte == close).then_some(());
                }
            }
        }
    }

    /// The values of a list.
    #[inline]
    pub(super) fn each(&mut self, one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.list(b'[', b']', one)
    }

    /// The fields of an object.
    #[inline]
    pub(super) fn fields(&mut self, mut one: impl FnMut(&mut Self, &'t [u8]) -> Option<()>) -> Option<()> {
        self.list(b'{', b'}', |reader| {
            let name = reader.text()?;
            reader.take(b':')?;
            one(reader, name)
        })
    }

    #[inline]
    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.left = self.left.strip_prefix(word)?;
        Some(())
    }

    /// `true` or `false`.
    #[inline]
    pub(super) fn flag(&mut self) -> Option<bool> {
        match self.peek()? {
            b't' => self.word(b"true").map(|()| true),
            b'f' => self.word(b"false").map(|()| false),
            _ => None,
        }
    }

    /// Whether `null` stands here, and is read.
    #[inline]
    pub(super) fn null(&mut self) -> Option<bool> {
        if self.peek()? == b'n' {
            self.word(b"null").map(|()| true)
        } else {
            Some(false)
        }
    }

    /// A whole number without sign.
    #[inline]
    pub(super) fn number(&mut self) -> Option<u32> {
        self.peek()?;
        let length = self.left.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.left.split_at_checked(length)?;
        self.left = rest;
        match (digits, rest.first()) {
            ([], _) | ([b'0', _, ..], _) | (_, Some(b'.' | b'e' | b'E')) => None,
            _ => digits.iter().try_fold(0_u32, |number, digit| {
                number.checked_mul(10)?.checked_add(u32::from(digit - b'0'))
            }),
        }
    }

    /// Nothing but white space is left.
    #[inline]
    pub(super) fn end(&mut self) -> Option<()> {
        self.peek().is_none().then_some(())
    }
}

//! JSON text copied without what must fall, value by value: nothing is held in memory but the way down to where one is.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use struson::reader::{JsonReader, JsonStreamReader, ReaderError, ReaderSettings, TransferError, ValueType};
use struson::writer::{JsonStreamWriter, JsonWriter, WriterSettings};

use super::{Fate, Filter, Fitting, pointer};

/// How many names of fallen fields are told; more are only counted.
const TOLD: usize = 1_000;

/// What fell: pointers in which `*` stands for the elements of lists, each with its fate and how often.
pub type Fallen = BTreeMap<String, (Fate, u64)>;

/// Why JSON could not be copied.
#[derive(Debug)]
pub enum FilterError {
    /// It is no JSON, or too deep, or cannot be read.
    Read(String),
    /// It could not be written.
    Write(std::io::Error),
}

impl std::fmt::Display for FilterError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            FilterError::Read(error) => write!(f, "the JSON cannot be read: {error}"),
            FilterError::Write(error) => write!(f, "the JSON cannot be written: {error}"),
        }
    }
}

impl std::error::Error for FilterError {}

impl From<ReaderError> for FilterError {
    fn from(error: ReaderError) -> FilterError {
        FilterError::Read(error.to_string())
    }
}

impl From<std::io::Error> for FilterError {
    fn from(error: std::io::Error) -> FilterError {
        FilterError::Write(error)
    }
}

impl From<TransferError> for FilterError {
    fn from(error: TransferError) -> FilterError {
        match error {
            TransferError::ReaderError(error) => error.into(),
            TransferError::WriterError(error) => error.into(),
        }
    }
}

impl Filter {
    /// Copies JSON values, one after the other, and leaves out what must fall; tells what fell.
    ///
    /// # Errors
    /// See [`FilterError`]. What was written before an error holds nothing that must fall.
    pub fn json(&self, from: impl Read, to: impl Write) -> Result<Fallen, FilterError> {
        let mut reader = JsonStreamReader::new_custom(
            from,
            ReaderSettings {
                allow_multiple_top_level: true,
                ..ReaderSettings::default()
            },
        );
        let mut to = to;
        let mut fallen = Fallen::new();
        let root = Fitting(vec![&self.root]);
        loop {
            let mut writer = JsonStreamWriter::new_custom(&mut to, WriterSettings::default());
            let mut copy = Copy {
                reader: &mut reader,
                writer: &mut writer,
                fallen: &mut fallen,
            };
            let kept = copy.value(&root, &Fate::NotNamed, "", None)?;
            if kept {
                writer.finish_document()?;
                to.write_all(b"\n")?;
            }
            if !reader.has_next()? {
                break;
            }
        }
        to.flush()?;
        Ok(fallen)
    }
}

struct Copy<'a, R: Read, W: Write> {
    reader: &'a mut JsonStreamReader<R>,
    writer: &'a mut JsonStreamWriter<W>,
    fallen: &'a mut Fallen,
}

impl<R: Read, W: Write> Copy<'_, R, W> {
    /// Copies a value, or leaves it out; tells whether something was written. `name`: what it is called in an object.
    fn value(
        &mut self,
        fitting: &Fitting<'_>,
        inherited: &Fate,
        pointer: &str,
        name: Option<&str>,
    ) -> Result<bool, FilterError> {
        let fate = fitting.own().unwrap_or(inherited);
        let is = self.reader.peek()?;
        // Below a field that falls there may be fields with a line of their own.
        if !fitting.has_below() || !matches!(is, ValueType::Object | ValueType::Array) {
            if *fate == Fate::Stays {
                self.named(name)?;
                self.reader.transfer_to(self.writer)?;
                return Ok(true);
            }
            self.reader.skip_value()?;
            self.fell(pointer, fate);
            return Ok(false);
        }
        self.named(name)?;
        if is == ValueType::Object {
            self.reader.begin_object()?;
            self.writer.begin_object()?;
            while self.reader.has_next()? {
                let name = self.reader.next_name_owned()?;
                self.value(
                    &fitting.below(&name),
                    fate,
                    &pointer::below(pointer, &name),
                    Some(&name),
                )?;
            }
            self.reader.end_object()?;
            self.writer.end_object()?;
        } else {
            self.reader.begin_array()?;
            self.writer.begin_array()?;
            let pointer = format!("{pointer}/*");
            let mut index = 0_u64;
            while self.reader.has_next()? {
                self.value(&fitting.below(&index.to_string()), fate, &pointer, None)?;
                index += 1;
            }
            self.reader.end_array()?;
            self.writer.end_array()?;
        }
        Ok(true)
    }

    fn named(&mut self, name: Option<&str>) -> Result<(), FilterError> {
        if let Some(name) = name {
            self.writer.name(name)?;
        }
        Ok(())
    }

    fn fell(&mut self, pointer: &str, fate: &Fate) {
        if let Some((_, times)) = self.fallen.get_mut(pointer) {
            *times += 1;
        } else if self.fallen.len() < TOLD {
            self.fallen.insert(pointer.to_owned(), (fate.clone(), 1));
        }
    }
}

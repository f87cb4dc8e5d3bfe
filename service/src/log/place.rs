//! Where lines are written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A place for lines.
#[derive(Debug)]
pub enum Place {
    /// Standard output.
    Stdout,
    /// A file, made anew when it has grown too large.
    File(LogFile),
}

/// Lines that could not be written.
#[derive(Debug)]
pub struct Broke {
    /// So many bytes were: whole lines. What was written of the next one is ended by a line break before it is written anew.
    pub whole: usize,
    /// What the system says.
    pub error: io::Error,
}

impl From<io::Error> for Broke {
    fn from(error: io::Error) -> Broke {
        Broke { whole: 0, error }
    }
}

/// A file of lines.
#[derive(Debug)]
pub struct LogFile {
    path: PathBuf,
    file: File,
    size: u64,
    most: u64,
    /// The last write broke off inside a line.
    broken: bool,
}

impl Place {
    /// Opens it; a file that is there is written on.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(name: &str, most: u64) -> io::Result<Place> {
        if name == "stdout" {
            return Ok(Place::Stdout);
        }
        let path = Path::new(name);
        let file = append(path)?;
        let told = file.metadata()?;
        // A device has no size, and cannot be moved away.
        let most = if told.is_file() { most } else { 0 };
        // What an earlier run left without an end is ended first.
        let broken = told.is_file() && ends_inside_a_line(path, told.len())?;
        Ok(Place::File(LogFile {
            path: path.to_owned(),
            file,
            size: told.len(),
            most,
            broken,
        }))
    }

    /// Writes whole lines.
    ///
    /// # Errors
    /// See [`Broke`].
    pub fn write(&mut self, lines: &[u8]) -> Result<(), Broke> {
        match self {
            Place::Stdout => {
                let mut out = io::stdout().lock();
                out.write_all(lines).and_then(|()| out.flush()).map_err(Broke::from)
            }
            Place::File(file) => file.write(lines),
        }
    }

    /// Sees to it that what was written is on disk.
    ///
    /// # Errors
    /// What the system says.
    pub fn sync(&self) -> io::Result<()> {
        match self {
            Place::File(file) if file.most > 0 => file.file.sync_data(),
            _ => Ok(()),
        }
    }
}

fn append(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).append(true).open(path)
}

fn ends_inside_a_line(path: &Path, size: u64) -> io::Result<bool> {
    use std::io::{Read, Seek, SeekFrom};
    if size == 0 {
        return Ok(false);
    }
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(size - 1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// How many bytes of whole lines find room.
fn fitting(lines: &[u8], room: usize) -> usize {
    let within = lines.get(..room.min(lines.len())).unwrap_or_default();
    let last = within.iter().rposition(|byte| *byte == b'\n');
    last.map_or(0, |last| last + 1)
}

/// The length of the first line.
fn first_line(lines: &[u8]) -> usize {
    let end = lines.iter().position(|byte| *byte == b'\n');
    end.map_or(lines.len(), |end| end + 1)
}

impl LogFile {
    /// Writes lines, and begins a new file before the first that finds no room: a file is larger than it may be only if one single
    /// line is.
    fn write(&mut self, lines: &[u8]) -> Result<(), Broke> {
        let mut rest = lines;
        while !rest.is_empty() {
            let taken = self.size + u64::from(self.broken);
            let room = if self.most == 0 {
                u64::MAX
            } else {
                self.most.saturating_sub(taken)
            };
            let fit = match fitting(rest, usize::try_from(room).unwrap_or(usize::MAX)) {
                0 if self.size > 0 => {
                    let whole = lines.len() - rest.len();
                    self.begin_anew().map_err(|error| Broke { whole, error })?;
                    continue;
                }
                0 => first_line(rest),
                fit => fit,
            };
            let (now, later) = rest.split_at_checked(fit).unwrap_or((rest, &[]));
            let before = lines.len() - rest.len();
            self.write_now(now).map_err(|broke| Broke {
                whole: before + broke.whole,
                ..broke
            })?;
            rest = later;
        }
        Ok(())
    }

    /// What is there becomes FILE.1, in the place of the one before.
    fn begin_anew(&mut self) -> io::Result<()> {
        self.end_line()?;
        let mut old = self.path.clone().into_os_string();
        old.push(".1");
        fs::rename(&self.path, old)?;
        self.file = append(&self.path)?;
        self.size = 0;
        Ok(())
    }

    /// Ends what broke off inside a line.
    fn end_line(&mut self) -> io::Result<()> {
        if self.broken {
            self.file.write_all(b"\n")?;
            self.size += 1;
            self.broken = false;
        }
        Ok(())
    }

    fn write_now(&mut self, lines: &[u8]) -> Result<(), Broke> {
        self.end_line()?;
        let mut rest = lines;
        while !rest.is_empty() {
            match self.file.write(rest) {
                Ok(0) => return Err(self.broke(lines, rest, io::ErrorKind::WriteZero.into())),
                Ok(count) => {
                    self.size += count as u64;
                    rest = rest.get(count..).unwrap_or_default();
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.broke(lines, rest, error)),
            }
        }
        Ok(())
    }

    fn broke(&mut self, lines: &[u8], rest: &[u8], error: io::Error) -> Broke {
        let written = lines.get(..lines.len() - rest.len()).unwrap_or_default();
        let whole = fitting(written, written.len());
        self.broken = whole < written.len();
        Broke { whole, error }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_large_file_is_moved_away_and_a_broken_line_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let name = path.to_str().unwrap();
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        std::fs::write(&path, "half a li").unwrap();
        let mut place = Place::open(name, 20).unwrap();
        place.write(b"one\n").unwrap();
        place.write(b"two\n").unwrap();
        assert_eq!(read("log"), "half a li\none\ntwo\n");
        place.write(b"three\n").unwrap();
        place.sync().unwrap();
        assert_eq!(
            (read("log.1").as_str(), read("log").as_str()),
            ("half a li\none\ntwo\n", "three\n")
        );
        // Also one that is moved away before anything is written to it.
        std::fs::write(&path, "half a line, and long").unwrap();
        Place::open(name, 20).unwrap().write(b"four\n").unwrap();
        assert_eq!(
            (read("log.1").as_str(), read("log").as_str()),
            ("half a line, and long\n", "four\n")
        );
    }

    /// Many lines at once fill one file after the other, to the last that finds room.
    #[test]
    fn files_are_full_and_none_is_too_large() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        let mut place = Place::open(path.to_str().unwrap(), 20).unwrap();
        let lines: String = (0..10).map(|number| format!("line {number}\n")).collect();
        place.write(b"first\n").unwrap();
        place.write(lines.as_bytes()).unwrap();
        // 6 and 14 bytes, then 14 four times, then the last.
        assert_eq!(
            (read("log.1").as_str(), read("log").as_str()),
            ("line 6\nline 7\n", "line 8\nline 9\n")
        );
        // Only one single line may be larger than a file.
        place
            .write(format!("{}\nshort\n", "long".repeat(10)).as_bytes())
            .unwrap();
        assert_eq!((read("log.1").len(), read("log").as_str()), (41, "short\n"));
        let mut never = Place::open(folder.path().join("all").to_str().unwrap(), 0).unwrap();
        never.write(lines.as_bytes()).unwrap();
        assert_eq!(read("all"), lines);
    }
}

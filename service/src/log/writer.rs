//! The thread that writes lines, and the queue before it.

use std::io;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc as std_mpsc;
use std::thread;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::Masks;
use super::place::Place;
use crate::metrics::{LineFate, Metrics};
use crate::say;
use crate::settings::{Settings, WhenFull};

/// How many bytes are written at once.
const BATCH: usize = 256 << 10;
/// How long to wait before lines are tried again.
const AGAIN: Duration = Duration::from_millis(200);

/// A line, and who waits for it.
struct Queued {
    line: Vec<u8>,
    written: Option<oneshot::Sender<()>>,
}

/// The log.
#[derive(Debug)]
pub struct Log {
    queue: Mutex<Option<mpsc::Sender<Queued>>>,
    /// Told when the thread has ended: its end of the channel is gone.
    ended: Mutex<std_mpsc::Receiver<()>>,
    /// What may enter.
    pub masks: Masks,
    when_full: WhenFull,
    metrics: Arc<Metrics>,
    shared: Arc<Shared>,
    numbers: AtomicU64,
}

#[derive(Debug, Default)]
struct Shared {
    stopping: AtomicBool,
    failure: Mutex<Option<String>>,
    /// Lines that found a place in the queue.
    taken: AtomicU64,
}

/// Why a line was not logged, and so nothing may be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogError;

impl Log {
    /// Opens the log that the settings name; `None` if they name none.
    ///
    /// # Errors
    /// A file that cannot be opened.
    pub fn open(settings: &Settings, metrics: Arc<Metrics>) -> io::Result<Option<Log>> {
        if settings.log == "off" {
            return Ok(None);
        }
        let place = Place::open(&settings.log, settings.log_max_bytes)?;
        let (queue, lines) = mpsc::channel(settings.log_queue);
        let shared = Arc::new(Shared::default());
        let writer = Writer {
            place,
            lines,
            metrics: Arc::clone(&metrics),
            patient: settings.log_when_full == WhenFull::Wait,
            shared: Arc::clone(&shared),
            failing: false,
        };
        let (end, ended) = std_mpsc::channel();
        let run = move || {
            writer.run();
            drop(end);
        };
        thread::Builder::new().name("log".to_owned()).spawn(run)?;
        Ok(Some(Log {
            queue: Mutex::new(Some(queue)),
            ended: Mutex::new(ended),
            masks: Masks::new(settings),
            when_full: settings.log_when_full,
            metrics,
            shared,
            numbers: AtomicU64::new(0),
        }))
    }

    /// The next running number. A decision takes it while it is made: others may be written first, or not at all.
    pub fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    /// Why lines cannot be written at this moment.
    #[must_use]
    pub fn failure(&self) -> Option<String> {
        self.shared
            .failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn sender(&self) -> Option<mpsc::Sender<Queued>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes lines. With `drop` this never waits, and lines without a place are counted and gone. With `wait` it ends when the
    /// last of them has been written; dropping the future before leaves those that were taken.
    ///
    /// # Errors
    /// [`LogError`] with `wait`, if the log has ended.
    pub async fn take(&self, lines: Vec<Vec<u8>>) -> Result<(), LogError> {
        let Some(queue) = self.sender() else {
            return Err(LogError);
        };
        if self.when_full == WhenFull::Drop {
            for line in lines {
                match queue.try_send(Queued { line, written: None }) {
                    Ok(()) => drop(self.shared.taken.fetch_add(1, Ordering::Relaxed)),
                    Err(_) => self.metrics.lines(LineFate::dropped, 1),
                }
            }
            return Ok(());
        }
        let mut last = None;
        for line in lines {
            let (written, done) = oneshot::channel();
            let queued = Queued {
                line,
                written: Some(written),
            };
            queue.send(queued).await.map_err(|_| LogError)?;
            self.shared.taken.fetch_add(1, Ordering::Relaxed);
            last = Some(done);
        }
        match last {
            Some(last) => last.await.map_err(|_| LogError),
            None => Ok(()),
        }
    }

    /// Writes what was taken, and ends; after so long also if that takes longer: whoever reads standard output may have stopped
    /// reading. What was not written is told.
    pub fn end(&self, limit: Duration) {
        self.shared.stopping.store(true, Ordering::Relaxed);
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        if ended.recv_timeout(limit) == Err(std_mpsc::RecvTimeoutError::Timeout) {
            say::line("the decision log takes no more lines, and is not waited for any longer");
        }
        let taken = self.shared.taken.load(Ordering::Relaxed);
        let written = self.metrics.line_count(LineFate::written);
        // Those that failed were taken, too.
        let lost = self.metrics.line_count(LineFate::dropped) + taken.saturating_sub(written);
        if lost > 0 {
            say::line(&format!("{lost} lines of the decision log were lost"));
        }
    }
}

struct Writer {
    place: Place,
    lines: mpsc::Receiver<Queued>,
    metrics: Arc<Metrics>,
    patient: bool,
    shared: Arc<Shared>,
    failing: bool,
}

impl Writer {
    fn run(mut self) {
        let mut waiting = Vec::new();
        let mut batch = Vec::new();
        while let Some(first) = self.lines.blocking_recv() {
            let mut next = Some(first);
            while let Some(queued) = next {
                batch.extend_from_slice(&queued.line);
                waiting.extend(queued.written);
                next = if batch.len() < BATCH {
                    self.lines.try_recv().ok()
                } else {
                    None
                };
            }
            if self.write(&batch) {
                for waiting in waiting.drain(..) {
                    // Who does not wait any more has been answered otherwise.
                    let _ = waiting.send(());
                }
            } else {
                waiting.clear();
            }
            batch.clear();
        }
        if let Err(error) = self.place.sync() {
            say::line(&format!("the decision log may not be on disk: {error}"));
        }
    }

    /// Writes lines: until it works if answers wait for them, else once.
    fn write(&mut self, batch: &[u8]) -> bool {
        let mut rest = batch;
        loop {
            let broke = self.place.write(rest).err();
            let written = broke.as_ref().map_or(rest.len(), |broke| broke.whole);
            let (done, left) = rest.split_at_checked(written).unwrap_or((rest, &[]));
            self.metrics.lines(LineFate::written, lines(done));
            rest = left;
            let Some(broke) = broke else {
                if self.failing {
                    say::line("the decision log is written again");
                    self.told(None);
                }
                return true;
            };
            if !self.failing {
                say::line(&format!("the decision log cannot be written: {}", broke.error));
            }
            self.told(Some(broke.error.to_string()));
            if !self.patient || self.shared.stopping.load(Ordering::Relaxed) {
                self.metrics.lines(LineFate::failed, lines(rest));
                return false;
            }
            thread::sleep(AGAIN);
        }
    }

    fn told(&mut self, failure: Option<String>) {
        self.failing = failure.is_some();
        *self.shared.failure.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }
}

fn lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

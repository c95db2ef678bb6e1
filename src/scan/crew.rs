//! Work that several threads share, whose results come back in the order in which the work was given. Knows nothing of
//! what the work is.

use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, Scope, ScopedJoinHandle};

use anyhow::{Context as _, Result};

use crate::words::failure::{Failure, no_thread};

/// How many pieces one thread has before it or done, and so how many are in memory at most.
const AHEAD: usize = 3;

/// Does with each piece that `next` gives what a worker does, on `threads` threads besides this one, and hands the results
/// to `take` in the order of the pieces. With one thread, all of it is done here.
///
/// Where `next` fails, what was given before is still done and taken. A worker that panics panics here.
pub(crate) fn in_order<T, R, W>(
    threads: usize,
    mut worker: impl FnMut() -> W,
    mut next: impl FnMut() -> Result<Option<T>>,
    mut take: impl FnMut(R) -> Result<()>,
) -> Result<()>
where
    T: Send,
    R: Send,
    W: FnMut(T) -> R + Send,
{
    if threads <= 1 {
        let mut work = worker();
        while let Some(piece) = next()? {
            take(work(piece))?;
        }
        return Ok(());
    }
    std::thread::scope(|scope| {
        let mut hands: Vec<Hand<'_, T, R>> = Vec::new();
        let (mut given, mut taken) = (0, 0);
        let mut ended = None;
        loop {
            while ended.is_none() && given - taken < threads * AHEAD {
                match next() {
                    Ok(Some(piece)) => {
                        // A short log needs few of them.
                        if given < threads {
                            hands.push(Hand::start(scope, worker())?);
                        }
                        hands[given % threads].give(piece);
                        given += 1;
                    }
                    Ok(None) => ended = Some(Ok(())),
                    Err(error) => ended = Some(Err(error)),
                }
            }
            if given == taken {
                return ended.unwrap_or(Ok(()));
            }
            match hands[taken % threads].results.recv() {
                Ok(result) => take(result)?,
                Err(_) => hands.swap_remove(taken % threads).broken(),
            }
            taken += 1;
        }
    })
}

/// One thread at work, with what it was given and what it has done. The pieces go around: none of them ever has more than
/// [`AHEAD`] of them, so that neither side ever waits to hand something over.
struct Hand<'scope, T, R> {
    pieces: SyncSender<T>,
    results: Receiver<R>,
    thread: ScopedJoinHandle<'scope, ()>,
}

impl<'scope, T: Send + 'scope, R: Send + 'scope> Hand<'scope, T, R> {
    fn start(scope: &'scope Scope<'scope, '_>, mut work: impl FnMut(T) -> R + Send + 'scope) -> Result<Self> {
        let (pieces, todo) = sync_channel(AHEAD);
        let (done, results) = sync_channel(AHEAD);
        let run = move || {
            for piece in todo {
                // Nobody wants more where the pass was broken off.
                if done.send(work(piece)).is_err() {
                    return;
                }
            }
        };
        let thread = Builder::new().name("look".to_owned()).spawn_scoped(scope, run);
        let thread = thread.with_context(|| Failure(no_thread()))?;
        Ok(Self { pieces, results, thread })
    }

    fn give(&self, piece: T) {
        // A thread that is gone is noticed where its result is missing.
        drop(self.pieces.send(piece));
    }

    /// The thread is gone although there was work: it panicked.
    fn broken(self) {
        drop(self.pieces);
        if let Err(panic) = self.thread.join() {
            resume_unwind(panic);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use anyhow::bail;

    use super::*;

    /// Doubles `0..count` on so many threads, reading until `broken`.
    fn doubled(threads: usize, count: u64, broken: Option<u64>) -> (Vec<u64>, Option<String>) {
        let (mut at, mut results) = (0, Vec::new());
        let next = || match at {
            at if Some(at) == broken => bail!("the disk is gone"),
            at if at == count => Ok(None),
            _ => {
                at += 1;
                Ok(Some(at - 1))
            }
        };
        let worker = || {
            |number: u64| {
                // Some take much longer than others.
                (0..number % 7 * 1000).fold(number * 2, |sum, more| std::hint::black_box(sum + more) - more)
            }
        };
        let ended = in_order(threads, worker, next, |result| {
            results.push(result);
            Ok(())
        });
        (results, ended.err().map(|error| error.to_string()))
    }

    #[test]
    fn results_come_in_the_order_of_the_work() {
        for threads in [0, 1, 2, 3, 8] {
            for count in [0, 1, 2, 5, 100, 1000] {
                let wanted: Vec<u64> = (0..count).map(|number| number * 2).collect();
                assert_eq!(doubled(threads, count, None), (wanted, None), "{count} on {threads} threads");
            }
        }
    }

    #[test]
    fn what_was_read_before_a_failure_is_still_taken() {
        for threads in [1, 2, 8] {
            for broken in [0, 1, 17] {
                let wanted: Vec<u64> = (0..broken).map(|number| number * 2).collect();
                let (results, error) = doubled(threads, 100, Some(broken));
                assert_eq!((results, error.as_deref()), (wanted, Some("the disk is gone")), "on {threads} threads");
            }
        }
    }

    #[test]
    fn whoever_takes_no_more_ends_it() {
        for threads in [1, 4] {
            let mut taken = 0;
            let ended = in_order(
                threads,
                || |number: u64| number,
                || Ok(Some(1)),
                |number| {
                    taken += number;
                    if taken == 50 {
                        bail!("the store is full")
                    }
                    Ok(())
                },
            );
            assert_eq!((taken, ended.is_err()), (50, true));
        }
    }

    #[test]
    fn little_is_on_its_way_at_a_time() {
        let (ahead, most) = (Mutex::new(0_usize), Mutex::new(0_usize));
        let mut left = 500;
        let next = || {
            left -= 1;
            let mut ahead = ahead.lock().unwrap();
            *ahead += 1;
            let mut most = most.lock().unwrap();
            *most = (*most).max(*ahead);
            Ok((left > 0).then_some(left))
        };
        let take = |_| {
            *ahead.lock().unwrap() -= 1;
            Ok(())
        };
        in_order(4, || |number: u64| number, next, take).unwrap();
        assert!((4..=4 * AHEAD).contains(&*most.lock().unwrap()), "{most:?}");
    }

    #[test]
    fn a_panic_ends_all_of_it() {
        let pass = || {
            let worker = || |number: u64| if number == 20 { panic!("never seen before") } else { number };
            let mut at = 0;
            let next = || {
                at += 1;
                Ok(Some(at))
            };
            let mut taken = Vec::new();
            let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                in_order(4, worker, next, |number| {
                    taken.push(number);
                    Ok(())
                })
            }));
            (taken, caught.unwrap_err().downcast_ref::<&str>().map(|why| (*why).to_owned()))
        };
        assert_eq!(pass(), ((1..20).collect(), Some("never seen before".to_owned())));
    }
}

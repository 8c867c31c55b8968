//! How much may wait in memory.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// How many bytes are under way, and a way to wait until there are fewer.
#[derive(Debug)]
pub(super) struct Room {
    most: usize,
    under_way: Mutex<UnderWay>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct UnderWay {
    bytes: usize,
    /// Whether nobody waits any more.
    closed: bool,
}

impl Room {
    /// Room for `most` bytes; a single thing may be larger.
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, under_way: Mutex::default(), changed: Condvar::new() })
    }

    /// Takes so many bytes, once there is room for them. They are to be given back.
    pub(super) fn take(&self, bytes: usize) {
        let mut under_way = self.under_way();
        while !under_way.closed && under_way.bytes > 0 && under_way.bytes.saturating_add(bytes) > self.most {
            under_way = self.changed.wait(under_way).unwrap_or_else(PoisonError::into_inner);
        }
        under_way.bytes = under_way.bytes.saturating_add(bytes);
    }

    /// Gives back what was taken.
    pub(super) fn give_back(&self, bytes: usize) {
        let mut under_way = self.under_way();
        under_way.bytes = under_way.bytes.saturating_sub(bytes);
        self.changed.notify_all();
    }

    /// From now on there is room for everything.
    pub(super) fn close(&self) {
        self.under_way().closed = true;
        self.changed.notify_all();
    }

    fn under_way(&self) -> MutexGuard<'_, UnderWay> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Bytes of a room that are given back when this is dropped.
#[derive(Debug)]
pub(super) struct Taken {
    room: Arc<Room>,
    bytes: usize,
}

impl Taken {
    /// Takes so many bytes of `room`, once they are there.
    pub(super) fn of(room: &Arc<Room>, bytes: usize) -> Self {
        room.take(bytes);
        Self { room: Arc::clone(room), bytes }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.room.give_back(self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn one_waits_until_another_gives_back() {
        let room = Room::new(10);
        let large = Taken::of(&room, 50);
        let (sender, taken) = channel();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let _small = Taken::of(&room, 5);
                sender.send("small").unwrap();
            });
            assert_eq!(room.under_way().bytes, 50);
            drop(large);
            assert_eq!(taken.recv().unwrap(), "small");
        });
        assert_eq!(room.under_way().bytes, 0);
    }

    #[test]
    fn nobody_waits_for_a_room_that_is_closed() {
        let room = Room::new(10);
        let (_first, second) = (Taken::of(&room, 10), Arc::clone(&room));
        std::thread::scope(|scope| {
            let waits = scope.spawn(move || (0..3).for_each(|_| second.take(10)));
            room.close();
            waits.join().unwrap();
        });
        assert_eq!(room.under_way().bytes, 40);
    }
}

//! How many datagrams the system threw away because nobody took them in time. It says so in a table of all sockets.

use std::fs;
use std::net::UdpSocket;
use std::os::fd::AsFd as _;

use rustix::fs::fstat;

/// The tables, one for each kind of address.
const TABLES: [&str; 2] = ["/proc/self/net/udp", "/proc/self/net/udp6"];
/// The columns of a row (Linux, `Documentation/networking/proc_net_tcp.rst`): its socket's number, and what was dropped.
const INODE: usize = 9;
const DROPS: usize = 12;

/// What was dropped at one socket.
#[derive(Debug)]
pub(super) struct Drops {
    inode: Option<u64>,
    /// How many had been when this was asked last.
    known: u64,
}

impl Drops {
    pub(super) fn of(socket: &UdpSocket) -> Self {
        Self { inode: fstat(socket.as_fd()).ok().map(|stat| stat.st_ino), known: 0 }
    }

    /// How many were dropped since this was asked last.
    pub(super) fn since_asked(&mut self) -> u64 {
        let Some(inode) = self.inode else { return 0 };
        let tables = TABLES.iter().filter_map(|table| fs::read_to_string(table).ok());
        let total = tables.filter_map(|table| dropped(&table, inode)).max().unwrap_or(self.known);
        let new = total.saturating_sub(self.known);
        self.known = total.max(self.known);
        new
    }
}

fn dropped(table: &str, inode: u64) -> Option<u64> {
    let columns = |row: &str| -> Option<(u64, u64)> {
        let columns: Vec<&str> = row.split_ascii_whitespace().collect();
        Some((columns.get(INODE)?.parse().ok()?, columns.get(DROPS)?.parse().ok()?))
    };
    table.lines().filter_map(columns).find(|(of, _)| *of == inode).map(|(_, drops)| drops)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use rustix::net::sockopt::set_socket_recv_buffer_size;

    use super::*;

    #[test]
    fn what_nobody_takes_is_counted() {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        set_socket_recv_buffer_size(&socket, 4096).unwrap();
        let mut drops = Drops::of(&socket);
        assert_eq!(drops.since_asked(), 0);
        let sender = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        for _ in 0..200 {
            sender.send_to(&[b'x'; 1000], socket.local_addr().unwrap()).unwrap();
        }
        let dropped = drops.since_asked();
        assert!(dropped > 100 && dropped < 200, "{dropped}");
        assert_eq!(drops.since_asked(), 0);
    }
}

//! Who listens where.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;

use crate::RigError;

/// Offsets from the first port.
const PHONES: u16 = 11;
const DEVICES: u16 = 43;
const LINKS: u16 = 51;

/// Ports of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ports {
    /// Counted from a first port: console and page on it, phones from +11, devices on +43, the
    /// phones' links from +51.
    From(u16),
    /// Any free ones, so that many stages run beside each other.
    Any,
}

impl Ports {
    /// The port of console and page; 0 for any.
    pub fn front(self) -> u16 {
        self.offset(0)
    }

    pub(super) fn phone(self, index: usize) -> u16 {
        self.nth(PHONES, index)
    }

    /// A port for devices that is free now and stays the same over restarts of the center.
    ///
    /// # Errors
    /// The port is taken.
    pub fn devices(self) -> Result<SocketAddr, RigError> {
        let port = self.offset(DEVICES);
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .map_err(|reason| RigError::Port { port, reason })?;
        taken.local_addr().map_err(RigError::io("reading a port"))
    }

    /// The port of a phone's link: the one it had before, since the phone knows the center by it.
    pub(super) fn link(self, index: usize, folder: &Path) -> u16 {
        let kept = std::fs::read_to_string(link_file(folder, index)).ok();
        kept.and_then(|text| text.trim().parse().ok())
            .unwrap_or(self.nth(LINKS, index))
    }

    fn offset(self, offset: u16) -> u16 {
        match self {
            Self::From(first) => first.saturating_add(offset),
            Self::Any => 0,
        }
    }

    fn nth(self, offset: u16, index: usize) -> u16 {
        let index = u16::try_from(index).unwrap_or(0);
        self.offset(offset.saturating_add(index))
    }
}

/// Keeps a link's port for the next start in this folder.
pub(super) fn remember_link(folder: &Path, index: usize, port: u16) -> Result<(), RigError> {
    std::fs::write(link_file(folder, index), port.to_string())
        .map_err(RigError::io("keeping a link's port"))
}

fn link_file(folder: &Path, index: usize) -> std::path::PathBuf {
    folder.join(format!("link-{index}"))
}

//! A ZIP archive of files as they are (APPNOTE 6.3, method 0): pictures do not shrink, and the
//! engine is small. Beyond 4 GB or 65,535 files it would need the 64-bit format, which a phone's
//! storage does not reach.

use caravan_domain::time::Instant;
use flate2::Crc;

/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
const VERSION: u16 = 20;

pub(super) struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    files: u16,
    /// MS-DOS time and date.
    stamp: [u16; 2],
}

impl Archive {
    pub(super) fn new(now: Instant) -> Self {
        let now = now.in_shanghai();
        let number = |number: i8| u16::try_from(number).unwrap_or_default();
        let years = u16::try_from(now.year())
            .unwrap_or_default()
            .saturating_sub(1980);
        Self {
            bytes: Vec::new(),
            directory: Vec::new(),
            files: 0,
            stamp: [
                (number(now.hour()) << 11)
                    | (number(now.minute()) << 5)
                    | (number(now.second()) / 2),
                (years << 9) | (number(now.month()) << 5) | number(now.day()),
            ],
        }
    }

    pub(super) fn add(&mut self, name: &str, content: &[u8]) {
        let offset = length(&self.bytes);
        let mut header = Vec::with_capacity(26);
        for half in [VERSION, FLAGS, 0, self.stamp[0], self.stamp[1]] {
            header.extend(half.to_le_bytes());
        }
        let mut crc = Crc::new();
        crc.update(content);
        for word in [crc.sum(), length(content), length(content)] {
            header.extend(word.to_le_bytes());
        }
        header.extend(u16::try_from(name.len()).unwrap_or_default().to_le_bytes());
        header.extend([0; 2]);

        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&header);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(content);

        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(VERSION.to_le_bytes());
        self.directory.extend(&header);
        // No comment, first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.files = self.files.saturating_add(1);
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        let offset = length(&self.bytes);
        self.bytes.extend(&self.directory);
        self.bytes.extend(b"PK\x05\x06");
        self.bytes.extend([0; 4]);
        self.bytes.extend(self.files.to_le_bytes());
        self.bytes.extend(self.files.to_le_bytes());
        self.bytes.extend(length(&self.directory).to_le_bytes());
        self.bytes.extend(offset.to_le_bytes());
        self.bytes.extend([0; 2]);
        self.bytes
    }
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

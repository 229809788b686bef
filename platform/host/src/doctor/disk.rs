//! Room on the disk of the data directory.

use std::path::Path;

use super::finding::{Finding, Verdict};

const SUBJECT: &str = "disk";
const MIB: u64 = 1 << 20;
/// Of the whole disk: a tenth is worth a look, a fiftieth is bad.
const SHARES: (u64, u64) = (10, 50);
/// Less than this is as little, however small the disk, in bytes.
const FLOORS: (u64, u64) = (1024 * MIB, 128 * MIB);

pub(super) fn look(data_dir: &Path) -> Finding {
    match rustix::fs::statvfs(data_dir) {
        Ok(disk) => {
            let (free, whole) = (disk.f_bavail.saturating_mul(disk.f_frsize), disk.f_blocks.saturating_mul(disk.f_frsize));
            let said = format!("{} MiB of {} free in {}", free / MIB, whole / MIB, data_dir.display());
            Finding::new(judged(free, whole), SUBJECT, said)
        }
        Err(error) => Finding::look(SUBJECT, format!("{}: {error}", data_dir.display())),
    }
}

fn judged(free: u64, whole: u64) -> Verdict {
    if free < whole / SHARES.1 || free < FLOORS.1 {
        Verdict::Bad
    } else if free < whole / SHARES.0 || free < FLOORS.0 {
        Verdict::Look
    } else {
        Verdict::Ok
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_room_is_worth_a_look_and_hardly_any_is_bad() {
        let cases = [(500, 1000, Verdict::Ok), (90, 1000, Verdict::Look), (19, 1000, Verdict::Bad), (2, 8, Verdict::Ok)];
        for (free, whole, expected) in cases {
            assert_eq!(judged(free * 1024 * MIB, whole * 1024 * MIB), expected, "{free} of {whole} GiB");
        }
        assert_eq!(judged(512 * MIB, 2048 * MIB), Verdict::Look);
        assert_eq!(judged(64 * MIB, 512 * MIB), Verdict::Bad);
        assert_eq!(look(Path::new("/nowhere")).verdict, Verdict::Look);
    }
}

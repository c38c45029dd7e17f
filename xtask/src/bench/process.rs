//! What the system knows about a process. Only Linux tells without more ado; elsewhere nothing is measured.

use std::fs;

/// The kernel counts processor time in these, for every program on every machine that we know.
const TICKS_A_SECOND: f64 = 100.0;

/// The most memory that a process has held so far, in MB (10^6 bytes).
pub fn peak_memory(id: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    peak_of(&status)
}

/// Seconds that a process has computed so far, on all cores together.
pub fn processor_time(id: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    time_of(&stat)
}

fn peak_of(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}

fn time_of(stat: &str) -> Option<f64> {
    // The second field is the name in brackets, which may hold anything; the 14th and 15th are user and system.
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace().skip(11).map(str::parse::<f64>);
    Some((fields.next()?.ok()? + fields.next()?.ok()?) / TICKS_A_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_read_in_decimal_megabytes() {
        let peak = peak_of("Name:\tdoorway\nVmPeak:\t  99 kB\nVmHWM:\t  250000 kB\nVmRSS:\t 10 kB\n");
        assert_eq!(peak, Some(256.0));
        assert_eq!(peak_of("Name:\tdoorway\n"), None);
    }

    #[test]
    fn a_name_with_brackets_and_spaces_does_not_shift_the_fields() {
        let stat = "42 (a ) b) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0 9 0 1 1";
        assert_eq!(time_of(stat), Some(2.0));
    }
}

//! Days as people read them.

use std::fmt;
use std::time::SystemTime;

/// A day of the Gregorian calendar, in UTC: `12 Mar 2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The year.
    pub year: u64,
    month: usize,
    day: u64,
}

impl Date {
    /// The day of a time; the first of 1970 where it is earlier (Howard Hinnant, "chrono-compatible low-level date
    /// algorithms").
    pub fn of(time: SystemTime) -> Self {
        let days =
            time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400) + 719_468;
        let era = days / 146_097;
        let day_of_era = days % 146_097;
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        let month = usize::try_from(month).unwrap_or(1);
        Self { year, month, day: day_of_year - (153 * shifted + 2) / 5 + 1 }
    }

    /// Without the year: `12 Mar`.
    pub fn in_year(&self) -> String {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        format!("{} {}", self.day, MONTHS[self.month - 1])
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.in_year(), self.year)
    }
}

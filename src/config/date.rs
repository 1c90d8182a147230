//! Dates, as in `expires`.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// A calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: i64,
    month: u8,
    day: u8,
}

impl Date {
    /// Today, in UTC. Requires a clock, which WebAssembly does not have.
    pub fn today() -> Date {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Date::of_day(i64::try_from(since.as_secs() / 86_400).unwrap_or(0))
    }

    /// Parses `2027-01-31`.
    pub fn parse(text: &str) -> Option<Date> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| {
            let part = parts.next().filter(|part| part.len() == digits)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i64>().ok())?
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        let date = Date { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? };
        let is_day = (1..=12).contains(&month) && (1..=31).contains(&day);
        (is_day && parts.next().is_none()).then_some(date)
    }

    /// Converts a number of days since 1970-01-01 to a date (Gregorian calendar). Years are counted from 1 March, so
    /// that the leap day is the last day of a year.
    pub fn of_day(days: i64) -> Date {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        Date { year, month: u8::try_from(month).unwrap_or(1), day: u8::try_from(day).unwrap_or(1) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, text) in
            [(0, "1970-01-01"), (11_016, "2000-02-29"), (20_778, "2026-11-21"), (-1, "1969-12-31")]
        {
            assert_eq!(Some(Date::of_day(days)), Date::parse(text), "{text}");
            assert_eq!(Date::of_day(days).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in
            ["2027-1-1", "2027-13-01", "2027-01-32", "2027-01", "tomorrow", "2027-01-01-01", "+027-01-01"]
        {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}

//! Dates as a reader reads them.

use jiff::civil::Date;
use leptos::prelude::*;

/// `20 November 2026`.
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A date that machines can read too.
#[component]
pub(crate) fn Time(date: Date) -> impl IntoView {
    view! { <time datetime=date.to_string()>{day(date)}</time> }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    #[test]
    fn a_date_is_written_with_the_month_in_words() {
        assert_eq!(super::day(date(2026, 1, 8)), "8 January 2026");
    }
}

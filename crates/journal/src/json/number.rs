//! Numbers. Whole ones are exact. Those with fractions from a thousandth to 10^16 come back the same, and what is read with up to
//! nineteen digits and powers of ten from -19 to 19 is read as the standard library reads it. Of larger and smaller ones the last digit may
//! differ: what is exact for all of them needs tables of twenty kilobytes, twice.

use std::fmt::Write as _;

use serde_json::Number;

/// From here on a digit more has no room in 64 bits.
const TEN_TO_18: u64 = 1_000_000_000_000_000_000;
/// Up to here all whole numbers are exact as ones with fractions.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// The powers of ten that are exact.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// A number at the start of a text, and how many bytes it takes.
pub(super) fn read(json: &[u8]) -> Option<(Number, usize)> {
    let digits =
        |from: usize| json[from.min(json.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let negative = json.first() == Some(&b'-');
    let start = usize::from(negative);
    let whole = digits(start);
    if whole == 0 || (whole > 1 && json[start] == b'0') {
        return None;
    }
    let mut end = start + whole;
    let mut fraction = 0;
    if json.get(end) == Some(&b'.') {
        fraction = digits(end + 1);
        if fraction == 0 {
            return None;
        }
        end += 1 + fraction;
    }
    let mut exponent = 0i64;
    let scientific = matches!(json.get(end), Some(b'e' | b'E'));
    if scientific {
        let below = json.get(end + 1) == Some(&b'-');
        end += 1 + usize::from(matches!(json.get(end + 1), Some(b'+' | b'-')));
        let length = digits(end);
        if length == 0 {
            return None;
        }
        for digit in &json[end..end + length] {
            exponent = (exponent * 10 + i64::from(digit - b'0')).min(100_000);
        }
        exponent = if below { -exponent } else { exponent };
        end += length;
    }
    let text = &json[start..start + whole];
    if fraction == 0 && !scientific {
        let number = text
            .iter()
            .try_fold(0u64, |sum, digit| sum.checked_mul(10)?.checked_add(u64::from(digit - b'0')));
        match number {
            Some(number) if !negative => return Some((number.into(), end)),
            Some(number @ 1..=0x8000_0000_0000_0000) => {
                return Some((0i64.wrapping_sub_unsigned(number).into(), end));
            }
            _ => {}
        }
    }
    let fraction =
        if fraction == 0 { &[][..] } else { &json[start + whole + 1..start + whole + 1 + fraction] };
    let number = with_fraction(text, fraction, exponent);
    Some((Number::from_f64(if negative { -number } else { number })?, end))
}

/// The number whose digits stand before and behind the point, times a power of ten.
fn with_fraction(whole: &[u8], fraction: &[u8], exponent: i64) -> f64 {
    let (mut digits, mut exponent) = (0u64, exponent - fraction.len() as i64);
    let mut left = whole.len() + fraction.len();
    for digit in whole.iter().chain(fraction) {
        // More than nineteen digits have no room, and say next to nothing.
        if digits >= TEN_TO_18 {
            exponent += left as i64;
            break;
        }
        digits = digits * 10 + u64::from(digit - b'0');
        left -= 1;
    }
    if let Some(number) = exactly(digits, exponent) {
        return number;
    }
    let mut number = digits as f64;
    while exponent != 0 && number != 0.0 && number.is_finite() {
        let step = exponent.unsigned_abs().min(22);
        let ten = TENS[step as usize];
        if exponent < 0 {
            number /= ten;
            exponent += step as i64;
        } else {
            number *= ten;
            exponent -= step as i64;
        }
    }
    number
}

/// The same, rounded as the standard library rounds, for powers of ten from -19 to 19.
fn exactly(digits: u64, exponent: i64) -> Option<f64> {
    let ten = 10u128.pow(u32::try_from(exponent.unsigned_abs()).ok().filter(|power| *power <= 19)?);
    let digits = u128::from(digits);
    if exponent >= 0 || digits == 0 {
        return Some((digits * ten) as f64);
    }
    // With so many bits behind the point that what is cut off decides nothing but ties; the last bit says whether something was.
    let shift = digits.leading_zeros();
    let (cut, rest) = ((digits << shift) / ten, (digits << shift) % ten);
    Some((cut | u128::from(rest != 0)) as f64 * power_of_two(-i64::from(shift)))
}

/// A power of two from -1022 to 1023.
fn power_of_two(exponent: i64) -> f64 {
    f64::from_bits(((1023 + exponent) as u64) << 52)
}

/// Adds a number to a text.
pub(super) fn write(out: &mut String, number: &Number) {
    if let Some(number) = number.as_u64() {
        let _ = write!(out, "{number}");
    } else if let Some(number) = number.as_i64() {
        let _ = write!(out, "{number}");
    } else if let Some(number) = number.as_f64() {
        if number.is_sign_negative() {
            out.push('-');
        }
        write_fraction(out, number.abs());
    }
}

fn write_fraction(out: &mut String, number: f64) {
    // As many digits behind the point as it takes to say the same number.
    for (places, ten) in TENS.iter().enumerate() {
        let scaled = (number * ten).round();
        if scaled > EXACT {
            break;
        }
        if scaled / ten == number {
            let digits = format!("{:0width$}", scaled as u64, width = places + 1);
            let (whole, fraction) = digits.split_at(digits.len() - places);
            let fraction = if fraction.is_empty() { "0" } else { fraction };
            let _ = write!(out, "{whole}.{fraction}");
            return;
        }
    }
    if (EXACT..1e17).contains(&number) {
        let _ = write!(out, "{}.0", number as u64);
        return;
    }
    if let Some(digits) = [16, 17].into_iter().find_map(|count| with_digits(number, count)) {
        out.push_str(&digits);
        return;
    }
    // Seventeen digits and a power of ten: what is very large or very small.
    let (mut number, mut exponent) = (number, 0);
    while number >= 1e17 {
        number /= 10.0;
        exponent += 1;
    }
    while number < 1e16 {
        number *= 10.0;
        exponent -= 1;
    }
    let _ = write!(out, "{}e{exponent}", number as u64);
}

/// A number from a thousandth to 2^53 with so many digits, if they say just this number.
fn with_digits(number: f64, count: usize) -> Option<String> {
    if !(1e-3..EXACT).contains(&number) {
        return None;
    }
    let places = (0..TENS.len()).rev().find(|places| number * TENS[*places] < TENS[count])?;
    // The number is this, with so many bits of it behind the point: never none, below 2^53.
    let fraction = u128::from(number.to_bits() & ((1 << 52) - 1) | 1 << 52);
    let behind = u32::try_from(1075 - (number.to_bits() >> 52)).ok()?;
    let scaled = fraction * 10u128.pow(places as u32);
    let rounded = (scaled + (1 << (behind - 1))) >> behind;
    let digits = format!("{rounded:0width$}", width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    (with_fraction(whole.as_bytes(), fraction.as_bytes(), 0) == number).then(|| format!("{whole}.{fraction}"))
}

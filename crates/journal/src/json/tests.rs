use super::*;
use proptest::prelude::*;

/// Trees as serde_json makes them.
fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (any::<i32>(), 0..6i32)
            .prop_map(|(digits, places)| Value::from(f64::from(digits) / 10f64.powi(places))),
        "\\PC{0,9}|[\"\\\\\u{0}-\u{20}\u{7f}😀é/]{0,9}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("\\PC{0,5}", inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// The same, but that the last digit of a number may differ: which ones come exactly is said by tests of their own.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) if one.is_f64() && other.is_f64() => {
            let (one, other) = (one.as_f64().unwrap(), other.as_f64().unwrap());
            (one - other).abs() <= other.abs() * 1e-13
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.keys().eq(other.keys())
                && one.values().zip(other.values()).all(|(one, other)| alike(one, other))
        }
        _ => one == other,
    }
}

proptest! {
    #[test]
    fn a_tree_is_written_as_serde_json_writes_it(tree in tree()) {
        prop_assert_eq!(write(&tree), serde_json::to_string(&tree).unwrap());
        prop_assert_eq!(write_pretty(&tree, 0), serde_json::to_string_pretty(&tree).unwrap());
        prop_assert_eq!(read(write(&tree).as_bytes()), Ok(tree));
    }

    #[test]
    fn what_serde_json_reads_is_read_and_nothing_else(
        json in "([\\[\\]{}:,\" ]|\"a\":|\"\\\\u[0-9a-fA-F]{4}\"|\\\\[nu\"]|null|true|-?[0-9]{1,3}|[0-9].[0-9]|1[eE][+-]?[0-9]{1,2}|é|\n){0,12}"
    ) {
        let ours = read(json.as_bytes());
        let theirs = serde_json::from_str::<Value>(&json);
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{}", &json);
        if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
            prop_assert!(alike(&ours, &theirs), "{}: {:?}", &json, ours);
        }
    }

    #[test]
    fn a_power_of_ten_of_any_size_is_read_or_refused_as_serde_json_does(
        exponent in -420..420i32, digit in 0..10u8
    ) {
        let json = format!("{digit}e{exponent}");
        let (ours, theirs) = (read(json.as_bytes()), serde_json::from_str::<Value>(&json));
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{}", &json);
        if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
            let (ours, theirs) = (ours.as_f64().unwrap(), theirs.as_f64().unwrap());
            prop_assert!((ours - theirs).abs() <= theirs.abs() * 1e-13, "{json}: {ours}");
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(json in prop::collection::vec(any::<u8>(), 0..40)) {
        prop_assert_eq!(read(&json).is_ok(), serde_json::from_slice::<Value>(&json).is_ok());
    }

    #[test]
    fn a_number_with_up_to_fifteen_digits_comes_back(digits in 0..1_000_000_000_000_000u64, places in 0..22u32) {
        let number = digits as f64 / 10f64.powi(places as i32);
        let json = write(&Value::from(number));
        prop_assert_eq!(json.parse::<f64>(), Ok(number));
        prop_assert_eq!(read(json.as_bytes()).unwrap().as_f64(), Some(number));
    }

    #[test]
    fn a_number_that_people_and_devices_use_comes_back_whatever_its_digits(
        number in prop_oneof![1e-3..1e16, 0.001..1000.0, -1e9..-1e-3]
    ) {
        let json = write(&Value::from(number));
        prop_assert_eq!(json.parse::<f64>(), Ok(number), "{}", json);
        prop_assert_eq!(read(json.as_bytes()).unwrap().as_f64(), Some(number), "{}", json);
    }

    #[test]
    fn up_to_nineteen_digits_are_read_as_the_standard_library_reads_them(
        digits in 1..10_000_000_000_000_000_000u64, exponent in -19..20i32
    ) {
        let json = format!("{digits}e{exponent}");
        prop_assert_eq!(read(json.as_bytes()).unwrap().as_f64(), json.parse().ok(), "{}", json);
    }

    #[test]
    fn any_number_comes_back_nearly(number in any::<f64>().prop_filter("finite", |number| number.is_normal())) {
        let back = read(write(&Value::from(number)).as_bytes()).unwrap().as_f64().unwrap();
        prop_assert!((back / number - 1.0).abs() < 1e-13, "{number} {back}");
    }
}

#[test]
fn numbers_are_written_as_people_write_them() {
    for (number, json) in
        [(0.5, "0.5"), (100.0, "100.0"), (-0.125, "-0.125"), (0.1, "0.1"), (48.208_49, "48.20849")]
    {
        assert_eq!(write(&Value::from(number)), json);
    }
    for (json, number) in
        [("1e3", 1000.0), ("-0", -0.0), ("12E-1", 1.2), ("18446744073709551616", 18446744073709551616.0)]
    {
        assert_eq!(read(json.as_bytes()), Ok(Value::from(number)), "{json}");
    }
    for wrong in ["1e999", "01", "1.", ".5", "+1", "-", "1e", "1e+", "NaN"] {
        assert!(read(wrong.as_bytes()).is_err(), "{wrong}");
    }
}

#[test]
fn a_fault_says_where_it_is() {
    assert_eq!(read(b"{\n \"a\": x}"), Err(Fault { line: 2, column: 7 }));
    assert_eq!(read(b""), Err(Fault { line: 1, column: 1 }));
}

#[test]
fn what_is_too_deep_is_refused() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(read(deep(127).as_bytes()).is_ok());
    for levels in [128, 1_000_000] {
        assert!(read(deep(levels).as_bytes()).is_err());
    }
}

//! Sorting, and maps that are sorted lists. The standard library compiles five kilobytes for each type that is sorted and nine
//! for each kind of map: fast for millions, and a fifth of a client that holds ten thousand things. Here all types share one
//! sort, and a map is a list that is searched by halves.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod map;

use std::cmp::Ordering;

pub use map::Map;

/// Sorts a list; equals stay in their order.
pub fn sort_by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut order = order(list.len(), &mut |one, other| compare(&list[one], &list[other]));
    // Along each circle of places, what belongs there is put there.
    for start in 0..order.len() {
        let mut at = start;
        loop {
            let next = std::mem::replace(&mut order[at], at);
            if next == start {
                break;
            }
            list.swap(at, next);
            at = next;
        }
    }
}

/// Sorts a list of what has an order of its own.
pub fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, T::cmp);
}

/// The places of a list in the order of what stands there.
#[inline(never)]
fn order(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_list_is_sorted_as_the_standard_library_sorts_it(list in prop::collection::vec((0..9u8, any::<u16>()), 0..60)) {
            let (mut ours, mut theirs) = (list.clone(), list);
            sort_by(&mut ours, |one, other| one.0.cmp(&other.0));
            theirs.sort_by_key(|one| one.0);
            prop_assert_eq!(&ours, &theirs);
            sort(&mut ours);
            theirs.sort();
            prop_assert_eq!(ours, theirs);
        }
    }
}

//! What the search promises, through its public door.

#![allow(clippy::unwrap_used)]

mod anything;
mod example;
mod hostile;
mod promises;

use search::{Index, Texts};

/// The example's library, ready to be searched.
fn opened() -> (Index, Texts) {
    let built = example::built();
    (Index::open(&built.index).unwrap(), Texts::open(&built.texts).unwrap())
}

//! Two 64-bit words that are computed with together: a vector of the browser's in WebAssembly, an array elsewhere.
//!
//! Products are made of two pairs at once, because the browser's multiplication takes its four halves out of two vectors.

#[cfg(target_arch = "wasm32")]
pub use vector::*;
#[cfg(not(target_arch = "wasm32"))]
pub use words::*;

/// Every function names the feature that it needs, since only then the compiler puts it into those that call it.
#[cfg(target_arch = "wasm32")]
mod vector {
    use std::{arch::wasm32::*, hint::black_box};

    pub type Pair = v128;

    pub const ZERO: Pair = u64x2(0, 0);

    pub fn pair([low, high]: [u64; 2]) -> Pair {
        u64x2(low, high)
    }

    pub fn words(pair: Pair) -> [u64; 2] {
        [u64x2_extract_lane::<0>(pair), u64x2_extract_lane::<1>(pair)]
    }

    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn xor(a: Pair, b: Pair) -> Pair {
        v128_xor(a, b)
    }

    /// `a + b + 2 · low32(a) · low32(b)` of each word.
    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn mix(a: [Pair; 2], b: [Pair; 2]) -> [Pair; 2] {
        let (x, y) = (low_halves(a), low_halves(b));
        let products = [u64x2_extmul_low_u32x4(x, y), u64x2_extmul_high_u32x4(x, y)];
        let sum = |a, b, product| u64x2_add(u64x2_add(a, b), u64x2_add(product, product));
        [sum(a[0], b[0], products[0]), sum(a[1], b[1], products[1])]
    }

    /// Told by bytes: told by halves, the compiler sees through it and multiplies whole words, which no processor does in one step.
    #[inline]
    #[target_feature(enable = "simd128")]
    fn low_halves([a, b]: [Pair; 2]) -> v128 {
        u8x16_shuffle::<0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27>(a, b)
    }

    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn turn32(x: Pair) -> Pair {
        u32x4_shuffle::<1, 0, 3, 2>(x, x)
    }

    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn turn63(x: Pair) -> Pair {
        v128_or(u64x2_add(x, x), u64x2_shr(x, 63))
    }

    /// Words turned right by whole bytes. Where the bytes go is kept from the compiler: it would make a shuffle of what it knows,
    /// which browsers build anew from five instructions each time. This takes two.
    #[derive(Clone, Copy)]
    pub struct Turns {
        by16: v128,
        by24: v128,
    }

    impl Turns {
        pub fn new() -> Self {
            Self {
                by16: black_box(u8x16(2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9)),
                by24: black_box(u8x16(3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10)),
            }
        }

        #[inline]
        #[target_feature(enable = "simd128")]
        pub fn turn16(self, x: Pair) -> Pair {
            u8x16_swizzle(x, self.by16)
        }

        #[inline]
        #[target_feature(enable = "simd128")]
        pub fn turn24(self, x: Pair) -> Pair {
            u8x16_swizzle(x, self.by24)
        }
    }

    /// The high word of `a` and the low word of `b`.
    #[inline]
    #[target_feature(enable = "simd128")]
    pub fn across(a: Pair, b: Pair) -> Pair {
        u64x2_shuffle::<1, 2>(a, b)
    }
}

/// The same in ordinary words.
#[cfg(not(target_arch = "wasm32"))]
mod words {
    pub type Pair = [u64; 2];

    pub const ZERO: Pair = [0; 2];

    pub fn pair(words: [u64; 2]) -> Pair {
        words
    }

    pub fn words(pair: Pair) -> [u64; 2] {
        pair
    }

    #[inline]
    pub fn xor(a: Pair, b: Pair) -> Pair {
        [a[0] ^ b[0], a[1] ^ b[1]]
    }

    #[inline]
    pub fn mix(a: [Pair; 2], b: [Pair; 2]) -> [Pair; 2] {
        let low = |word: u64| word & u64::from(u32::MAX);
        let word = |a: u64, b: u64| a.wrapping_add(b).wrapping_add((low(a) * low(b)).wrapping_mul(2));
        let both = |a: Pair, b: Pair| [word(a[0], b[0]), word(a[1], b[1])];
        [both(a[0], b[0]), both(a[1], b[1])]
    }

    #[inline]
    pub fn turn32(x: Pair) -> Pair {
        x.map(|word| word.rotate_right(32))
    }

    #[inline]
    pub fn turn63(x: Pair) -> Pair {
        x.map(|word| word.rotate_right(63))
    }

    #[derive(Clone, Copy)]
    pub struct Turns;

    impl Turns {
        pub fn new() -> Self {
            Self
        }

        #[inline]
        pub fn turn16(self, x: Pair) -> Pair {
            x.map(|word| word.rotate_right(16))
        }

        #[inline]
        pub fn turn24(self, x: Pair) -> Pair {
            x.map(|word| word.rotate_right(24))
        }
    }

    #[inline]
    pub fn across(a: Pair, b: Pair) -> Pair {
        [a[1], b[0]]
    }
}

//! Numbers in whole bytes, small ones in one. The first byte tells how many they are, so that a number is read without a look at each of its
//! bytes, and the second byte of a code has all its values (Culpepper and Moffat 2005, *Enhanced byte codes with restricted prefix properties*).

/// So many first bytes are numbers by themselves, …
const ONE: u32 = 160;
/// … so many stand before one more byte, …
const TWO: u32 = 80;
/// … and so many before two. What is left stands before a number in full.
const THREE: u32 = 15;
/// The first numbers that take two bytes, three, and all.
const SECOND: u32 = ONE;
const THIRD: u32 = SECOND + (TWO << 8);
const FULL: u32 = THIRD + (THREE << 16);

/// Appends the code of `number`.
#[inline]
pub(super) fn put(number: u32, out: &mut Vec<u8>) {
    let bytes = |number: u32| number.to_be_bytes();
    if number < SECOND {
        let [.., low] = bytes(number);
        out.push(low);
    } else if number < THIRD {
        let [.., first, second] = bytes(number - SECOND + (ONE << 8));
        out.extend_from_slice(&[first, second]);
    } else if number < FULL {
        let [_, first, second, third] = bytes(number - THIRD + ((ONE + TWO) << 16));
        out.extend_from_slice(&[first, second, third]);
    } else {
        out.push(u8::MAX);
        out.extend_from_slice(&number.to_le_bytes());
    }
}

/// Takes a number from the front of `bytes`; `None` at their end.
#[inline]
pub(super) fn take(bytes: &mut &[u8]) -> Option<u32> {
    let (&first, rest) = bytes.split_first()?;
    let code = u32::from(first);
    if code < ONE {
        *bytes = rest;
        return Some(code);
    }
    if code < ONE + TWO {
        let (&second, rest) = rest.split_first()?;
        *bytes = rest;
        return Some(SECOND + ((code - ONE) << 8 | u32::from(second)));
    }
    if first < u8::MAX {
        let ([second, third], rest) = rest.split_first_chunk()?;
        *bytes = rest;
        return Some(THIRD + ((code - ONE - TWO) << 16 | u32::from(*second) << 8 | u32::from(*third)));
    }
    let (number, rest) = rest.split_first_chunk()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*number))
}

/// Appends `bytes` behind their length.
pub(super) fn put_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    // Nobody has texts of more, and of a longer one the beginning is kept.
    let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    put(len, out);
    out.extend_from_slice(bytes.get(..len as usize).unwrap_or(bytes));
}

/// Takes what [`put_bytes`] has put.
pub(super) fn take_bytes<'b>(bytes: &mut &'b [u8]) -> Option<&'b [u8]> {
    let len = take(bytes)? as usize;
    let (taken, rest) = bytes.split_at_checked(len)?;
    *bytes = rest;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number() -> impl Strategy<Value = u32> {
        let edges = [0, SECOND, THIRD, FULL].map(|edge| edge.saturating_sub(2)..edge + 2);
        let [zero, second, third, full] = edges;
        prop_oneof![0..400_u32, any::<u32>(), zero, second, third, full, Just(u32::MAX)]
    }

    proptest! {
        #[test]
        fn numbers_come_back(numbers in prop::collection::vec(number(), 0..20), text in "[a-c]{0,300}") {
            let mut bytes = Vec::new();
            for &number in &numbers {
                put(number, &mut bytes);
            }
            put_bytes(text.as_bytes(), &mut bytes);
            let mut left = bytes.as_slice();
            for &number in &numbers {
                prop_assert_eq!(take(&mut left), Some(number));
            }
            prop_assert_eq!(take_bytes(&mut left), Some(text.as_bytes()));
            prop_assert_eq!(take(&mut left), None);
        }

        #[test]
        fn of_any_bytes_something_is_taken_until_they_end(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut left = bytes.as_slice();
            while !left.is_empty() {
                let before = left.len();
                if take(&mut left).is_none() {
                    break;
                }
                prop_assert!(left.len() < before);
            }
        }
    }

    #[test]
    fn frequent_numbers_take_few_bytes() {
        let size = |number| {
            let mut bytes = Vec::new();
            put(number, &mut bytes);
            bytes.len()
        };
        let sizes = [0, SECOND - 1, SECOND, THIRD - 1, THIRD, FULL - 1, FULL].map(size);
        assert_eq!(sizes, [1, 1, 2, 2, 3, 3, 5]);
    }
}

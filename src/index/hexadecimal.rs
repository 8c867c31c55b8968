//! Texts in hexadecimal that are kept as the bytes for which they stand, in half the room.

use serde::de::{Deserialize, Deserializer, Error, Unexpected};
use serde::ser::Serializer;

pub(super) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let digit = |digit: &u8| char::from(*digit).to_digit(16).unwrap_or_default();
    let bytes: Vec<u8> =
        text.as_bytes().chunks(2).map(|digits| digits.iter().fold(0, |byte, next| byte << 4 | digit(next))).map(low).collect();
    serializer.serialize_bytes(&bytes)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let bytes = <&[u8]>::deserialize(deserializer)?;
    let digit = |number: u8| {
        char::from_digit(number.into(), 16).ok_or_else(|| D::Error::invalid_value(Unexpected::Unsigned(number.into()), &"a digit"))
    };
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xF]).map(digit).collect()
}

/// The lowest eight bits.
fn low(number: u32) -> u8 {
    let [low, ..] = number.to_le_bytes();
    low
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    #[derive(Serialize, serde::Deserialize)]
    struct Digest(#[serde(with = "super")] String);

    #[test]
    fn digits_come_back() {
        for text in ["", "00", "0123456789abcdef", "ff00"] {
            let bytes = postcard::to_stdvec(&Digest(text.to_owned())).unwrap();
            assert_eq!((bytes.len(), postcard::from_bytes::<Digest>(&bytes).unwrap().0.as_str()), (1 + text.len() / 2, text));
        }
    }
}

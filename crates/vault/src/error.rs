//! What can go wrong. Each cause has its own name, so that the keeper can be told what would help. Nobody else is told anything: no
//! log, no server, no other page.

use crate::slot::SlotKind;

/// Why something of the vault could not be made, opened or believed. The doc comment of a variant says what it means;
/// the message is for the keeper's own screen, never for a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes do not start as anything of ours does.
    #[error("this is not a part of a vault")]
    NotOurs,
    /// A format from before the first published one, or one whose reading has been given up.
    #[error("this was written in format {0}, which is too old to be read")]
    Older(u16),
    /// A format that is newer than this program. Nothing is wrong with the data.
    #[error("this was written in format {0} by a newer version: bring this program up to date")]
    Newer(u16),
    /// A cipher suite that this format does not have. There is exactly one, so there is nothing to fall back to.
    #[error("the cipher suite {0} is not one of this format")]
    Suite(u16),
    /// The bytes break the format's rules.
    #[error("this is damaged: {0}")]
    Malformed(&'static str),
    /// Something is larger than the format allows.
    #[error("{0} is larger than a vault allows")]
    TooLarge(&'static str),
    /// The parameters of the key derivation are below the floor or above the ceiling.
    #[error("the parameters of the passphrase are outside what is allowed: {0}")]
    Parameters(&'static str),
    /// The memory for the key derivation could not be had.
    #[error("this device has too little free memory to check the passphrase")]
    Memory,
    /// The slot is whole, and the secret is not the one that it was made with.
    #[error("that is not the right {0}")]
    WrongSecret(SlotKind),
    /// The slot was changed by accident or on purpose, so that no secret can open it.
    #[error("this way in is damaged; use another")]
    DamagedSlot,
    /// The words are not a recovery phrase: a word is unknown, misspelt, missing or out of place.
    #[error("these are not the 24 words of a recovery phrase")]
    Phrase,
    /// The passkey answered with something that cannot be a secret.
    #[error("the passkey gave no usable secret")]
    Passkey,
    /// An empty passphrase, or one beyond the limit.
    #[error("a passphrase has between 1 and 1024 bytes")]
    Passphrase,
    /// The source of randomness gave something that is not random.
    #[error("this device gives no randomness")]
    Randomness,
    /// The last way in cannot be taken away, nor one that is not there.
    #[error("this way into the vault cannot be removed")]
    LastSlot,
    /// Made by another vault.
    #[error("this belongs to another vault")]
    OtherVault,
    /// Made under another key of this vault: before or after a change of keys.
    #[error("this was sealed under another key")]
    OtherKey,
    /// Of another kind than was asked for, or another object than was asked for.
    #[error("this is something else than was asked for")]
    OtherObject,
    /// The key commitment does not fit: the header was changed, or the thing was made for another key.
    #[error("this was not sealed with the key of this vault, or its header was changed")]
    Commitment,
    /// The key is right and the content was changed.
    #[error("the content is damaged")]
    Damaged,
    /// A part of an attachment is out of order, doubled, or of another sealing.
    #[error("the parts of an attachment are out of order")]
    OutOfOrder,
    /// An attachment or a backup stops before its last part.
    #[error("it stops before its end")]
    Unfinished,
    /// The revision that is to be written does not follow the one that is there.
    #[error("it was changed somewhere else in the meantime")]
    Conflict,
    /// An older state than one that was seen before.
    #[error("an older state was put in the place of a newer one")]
    RolledBack,
    /// There are two different histories with the same number.
    #[error("two histories contradict each other")]
    Forked,
    /// Something that was not sealed by this vault stands among what was.
    #[error("something was added that this vault never wrote")]
    Planted,
    /// Authentic and newer than the manifest: its write was cut short, or the manifest is an old one.
    #[error("something newer is here than the list of this vault knows")]
    Unlisted,
    /// Something that the manifest knows is not there.
    #[error("something that belongs to the vault is missing")]
    Missing,
    /// An old deletion was put in place of what came after it.
    #[error("an old deletion was played back")]
    DeletionReplayed,
    /// What had been deleted is there again, as if it had not been.
    #[error("something deleted was brought back")]
    DeletionWithheld,
    /// Someone tried to remove for good what can still be brought back.
    #[error("this was deleted less than 30 days ago and is kept")]
    StillKept,
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Error; 32] = [
        Error::NotOurs,
        Error::Older(0),
        Error::Newer(2),
        Error::Suite(0),
        Error::Malformed("x"),
        Error::TooLarge("x"),
        Error::Parameters("x"),
        Error::Memory,
        Error::WrongSecret(SlotKind::Passphrase),
        Error::DamagedSlot,
        Error::Phrase,
        Error::Passkey,
        Error::Passphrase,
        Error::Randomness,
        Error::LastSlot,
        Error::OtherVault,
        Error::OtherKey,
        Error::OtherObject,
        Error::Commitment,
        Error::Damaged,
        Error::OutOfOrder,
        Error::Unfinished,
        Error::Conflict,
        Error::RolledBack,
        Error::Forked,
        Error::Planted,
        Error::Unlisted,
        Error::Missing,
        Error::DeletionReplayed,
        Error::DeletionWithheld,
        Error::StillKept,
        Error::WrongSecret(SlotKind::Recovery),
    ];

    #[test]
    fn each_failure_has_words_of_its_own() {
        let mut words: Vec<_> = ALL.iter().map(ToString::to_string).collect();
        words.sort();
        words.dedup();
        assert_eq!(words.len(), ALL.len());
    }
}

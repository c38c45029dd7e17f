//! What the journal says when something is wrong: what happened, what is safe, what to do.

use crate::protocol::{REFUSED, Trouble, Why};

/// Said where six words are offered and none is in the field.
pub const OFFERED: &str = "Tap “Use these six words”, or type your own.";

/// Why nothing can be changed in a tab that only reads.
pub fn only_reads(refused: bool) -> &'static str {
    if refused {
        "This browser does not let the journal make sure that only one tab writes in it, so nothing can be changed here. What is written is safe. Load this page again; if that does not help, use another browser: a backup brings a journal there."
    } else {
        "Another tab is writing in this journal, so this one only shows it. Write there, or close that tab to write here."
    }
}

/// A trouble as a keeper reads it.
pub fn told(trouble: &Trouble) -> String {
    let said = match trouble.why {
        Why::Locked => "The journal is locked. Unlock it and try again.",
        Why::Open => "The journal is open already.",
        Why::Here => {
            "There is a journal in this browser already: another tab has made or restored it. Nothing of it was changed."
        }
        Why::WrongSecret => {
            "That did not open it. Nothing was changed. Check for a slip of the finger, or take another way in."
        }
        Why::DamagedWay => {
            "This way in is damaged. Your writing is not. Use another way in, or restore a backup."
        }
        Why::NotAPhrase => {
            "These are not the 24 words of a recovery phrase. Check each word and their order."
        }
        Why::Passkey => {
            "The passkey gave nothing that can open a journal. Use your passphrase, or your 24 words."
        }
        Why::Passphrase if trouble.words == OFFERED => OFFERED,
        Why::Passphrase => "Type the passphrase first. It has at most 1,024 bytes.",
        Why::LastWay => "This is the last way in that does not depend on a device, so it stays.",
        Why::RecoveryFirst => "Confirm your recovery phrase first: a passkey can be lost with its device.",
        Why::Memory => {
            "This device has too little free memory to check the passphrase. Close other pages and try again."
        }
        Why::Randomness => "This browser gives no randomness, so nothing can be sealed. Use another browser.",
        Why::Older => "This was written in a format that is no longer read. It is kept as it is.",
        Why::Newer => {
            "This was written by a newer version of this page. Load the page again. Nothing is lost."
        }
        Why::Damaged => {
            "This cannot be opened: it is damaged. It is kept as it is; a backup may still have it whole."
        }
        Why::RolledBack => {
            "An older state stands where a newer one was. Nothing was changed. Compare with a backup."
        }
        Why::NotThere => "It is not there any more. Another tab may have removed it.",
        Why::Deleted => "It was deleted. For 30 days you can bring it back from what was deleted.",
        Why::StillKept => "It was deleted less than 30 days ago and is still kept.",
        Why::Finished => "A finished capture stays as it is. You can write beside it.",
        Why::Invalid => "Something in it cannot be saved as it is. What you typed is kept as a draft.",
        Why::NotTaken => "",
        Why::TooLarge => "This is larger than there is room for. What you typed is kept as a draft.",
        Why::ReadOnly => only_reads(trouble.words == REFUSED),
        Why::Full => {
            "This device has no room left. What is on the screen is not saved yet; what was saved before is safe. Make room, then try again."
        }
        Why::NoStore => {
            "This browser keeps nothing in this mode, as in a private window. You can write without saving, or use a usual window."
        }
        Why::NewerTab => {
            "A newer version of this page is open in another tab, so this one can no longer save. Copy what is not saved, then load this page again."
        }
        Why::Blocked => "Another tab holds an older version of this journal open. Close it, then try again.",
        Why::Store => {
            "The browser could not write. What was saved before is safe; what is on the screen is still here. Try again."
        }
        Why::PlanCopy => {
            "Your safety plan is saved. Whether it shows while the journal is locked could not be changed in this browser: look at the closed door, and save it once more if it is not as you want it."
        }
        Why::Cancelled => "Stopped, as you asked.",
        Why::NotABackup => "This file is not a whole backup of a journal. Choose another.",
        Why::OtherVault => {
            "This belongs to another journal, or to an earlier key of this one. Nothing was mixed."
        }
        Why::Order => "Something else comes first. Go back a step and try again.",
        Why::Worker => {
            "The part of this page that holds the journal has stopped. What was saved is safe. Load the page again."
        }
    };
    match trouble.why {
        Why::Invalid => format!("{said}\n{}", trouble.words),
        Why::NotTaken => trouble.words.clone(),
        _ => said.to_owned(),
    }
}

//! What the best sections lend to a question.

use crate::{Index, field::Posting, format::FieldKind, meaning::Slot, rank::best};

impl Index {
    /// Words that the best sections so far have in common, with a weight each: they say more about the topic than a
    /// short question does (Rocchio's feedback, without anybody's judgement).
    ///
    /// A short question says too little for its best sections to be trusted, so the fewer topics it has, the less its
    /// feedback weighs.
    pub(crate) fn feedback(&self, slots: &[Slot], scores: &[f32]) -> Vec<(u32, f32)> {
        let tuning = &self.tuning;
        let topics: f32 = slots.iter().map(|slot| slot.weight.min(1.0)).sum();
        let trust = tuning.feedback * ((topics - 1.0) / (tuning.feedback_topics - 1.0)).clamp(0.0, 1.0);
        if trust <= 0.0 {
            return Vec::new();
        }
        let best = best(scores, tuning.feedback_sections);
        let text = self.field(FieldKind::Text);
        let mut sums = vec![0.0f32; self.terms.len()];
        let mut lent: Vec<u32> = Vec::new();
        for &section in &best {
            for &(term, times) in self.by_section.terms(section as u32) {
                let posting = Posting { document: section as u32, times };
                let sum = &mut sums[term as usize];
                if *sum == 0.0 {
                    lent.push(term);
                }
                *sum += text.saturation(posting, tuning.k1) * self.terms[term as usize].rarity;
            }
        }
        let mut sums: Vec<(u32, f32)> = lent.into_iter().map(|term| (term, sums[term as usize])).collect();
        let most_first =
            |one: &(u32, f32), other: &(u32, f32)| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0));
        order::sort_by(&mut sums, most_first);
        sums.truncate(tuning.feedback_terms);
        let most = sums.first().map_or(1.0, |&(_, sum)| sum);
        sums.into_iter().map(|(term, sum)| (term, trust * sum / most)).collect()
    }
}

//! How loud it is while a voice memo is recorded: a calm sign that the microphone hears. Whoever asked for less motion sees the
//! seconds alone.

use web_sys::{AnalyserNode, AudioContext, HtmlElement, MediaStream};

use super::super::dom;

/// What hears along.
pub struct Level {
    context: AudioContext,
    analyser: AnalyserNode,
}

impl Level {
    /// Hears along with a microphone; not for whoever asked for less motion.
    pub fn of(stream: &MediaStream) -> Option<Self> {
        let less = dom::window().match_media("(prefers-reduced-motion: reduce)").ok()??;
        if less.matches() {
            return None;
        }
        let context = AudioContext::new().ok()?;
        let analyser = context.create_analyser().ok()?;
        context.create_media_stream_source(stream).ok()?.connect_with_audio_node(&analyser).ok()?;
        Some(Self { context, analyser })
    }

    /// Shows how loud it is now, on an element whose style reads `--level`, from 0% to 100%.
    pub fn show(&self, meter: &HtmlElement) {
        let mut wave = [128_u8; 512];
        self.analyser.get_byte_time_domain_data(&mut wave);
        let sum: f32 = wave.iter().map(|&point| (f32::from(point) / 128.0 - 1.0).powi(2)).sum();
        let loud = ((sum / wave.len() as f32).sqrt() * 400.0).min(100.0) as u8;
        HtmlElement::style(meter).set_property("--level", &format!("{loud}%")).ok();
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        // It is closed with the page at the latest.
        self.context.close().ok();
    }
}

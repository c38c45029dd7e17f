//! The picture in the door beside an article's title.

use article::{Meta, Picture};
use leptos::prelude::*;

/// What a drawn cover measures.
const DRAWN: (u32, u32) = (640, 400);

/// An article's own picture, or the cover that is drawn for it.
#[derive(Clone)]
pub(crate) struct Cover(Picture);

/// Where a cover stands, which decides how wide it is. The widths are those of `style/`.
#[derive(Clone, Copy)]
pub(crate) enum Door {
    Card,
    Title,
}

impl Door {
    /// Where there is room for the wider door, its width, and the width of the other; all in rem.
    fn widths(self) -> (f32, f32, f32) {
        match self {
            Self::Card => (42.0, 7.0, 4.0),
            Self::Title => (72.0, 13.0, 5.0),
        }
    }

    /// How wide a picture of this size is drawn. The door is 4:5 and filled, so of a wider picture the sides are
    /// cut off: as a whole it is wider than its door.
    fn sizes(self, (width, height): (u32, u32)) -> String {
        let whole = |door: f32| (door * f32::max(1.0, 1.25 * width as f32 / height.max(1) as f32)).ceil();
        let (from, wide, narrow) = self.widths();
        format!("(min-width: {from}rem) {}rem, {}rem", whole(wide), whole(narrow))
    }
}

impl Cover {
    pub(crate) fn of(meta: &Meta) -> Self {
        let drawn = || Picture { path: format!("/covers/{}.svg", meta.slug), size: Some(DRAWN) };
        Self(meta.featured_image.clone().unwrap_or_else(drawn))
    }

    /// The cover says nothing that the title does not say, so those who cannot see it are told nothing.
    pub(crate) fn view(&self, door: Door, eager: bool) -> impl IntoView + use<> {
        let Picture { path, size } = self.0.clone();
        let srcset = self.0.srcset();
        let sizes = size.filter(|_| srcset.is_some()).map(|size| door.sizes(size));
        view! {
            <img
                class="cover"
                src=path
                srcset=srcset
                sizes=sizes
                alt=""
                width=size.map(|size| size.0.to_string())
                height=size.map(|size| size.1.to_string())
                loading=(!eager).then_some("lazy")
                decoding=matches!(door, Door::Card).then_some("async")
            />
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_wider_than_its_door_is_asked_for_as_wide_as_the_whole_of_it() {
        assert_eq!(Door::Card.sizes((1600, 1000)), "(min-width: 42rem) 14rem, 8rem");
    }

    #[test]
    fn a_picture_narrower_than_its_door_is_asked_for_as_wide_as_the_door() {
        assert_eq!(Door::Title.sizes((500, 1000)), "(min-width: 72rem) 13rem, 5rem");
    }
}

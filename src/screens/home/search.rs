//! Finding an item by what people call it.

use protocol::pack::Item;

/// The items that `wanted` may mean, in the pack's order; all, where nothing is wanted.
pub(super) fn found<'a>(items: &'a [Item], wanted: &str) -> impl Iterator<Item = &'a Item> {
    let wanted = wanted.trim().to_ascii_lowercase();
    items.iter().filter(move |item| {
        let named = [&item.name, &item.tagline].into_iter().chain(&item.keywords);
        // 「我要修路灯」 finds 「路灯」 too.
        named.map(|name| name.to_ascii_lowercase()).any(|name| {
            name.contains(&wanted) || (name.chars().count() > 1 && wanted.contains(&name))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::ItemId;
    use protocol::id::Digest;

    fn item(name: &str, keywords: &[&str]) -> Item {
        Item {
            id: ItemId(name.to_owned()),
            name: name.to_owned(),
            tagline: String::new(),
            icon: String::new(),
            keywords: keywords.iter().map(|word| (*word).to_owned()).collect(),
            form: Digest([0; 32]),
            form_length: 0,
            office: String::new(),
            guide: Digest([0; 32]),
            section: String::new(),
        }
    }

    #[test]
    fn an_item_is_found_by_its_name_by_what_people_call_it_and_by_its_initials() {
        let items =
            [item("医保参保", &["新农合", "xnh"]), item("报修·随手拍", &["路灯", "ld", "ludeng"])];
        let names = |wanted: &str| -> Vec<String> {
            found(&items, wanted).map(|item| item.name.clone()).collect()
        };
        assert_eq!(names("医保"), ["医保参保"]);
        assert_eq!(names(" XNH "), ["医保参保"]);
        assert_eq!(names("我要修路灯"), ["报修·随手拍"]);
        assert_eq!(names("lud"), ["报修·随手拍"]);
        assert_eq!(names("").len(), 2);
        assert_eq!(names("结婚").len(), 0);
    }
}

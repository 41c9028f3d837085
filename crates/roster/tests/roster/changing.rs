//! What a new table changes.

use proptest::collection::vec;
use proptest::prelude::*;
use roster::{Changes, Roster};

use crate::people;

const IDS: [&str; 4] =
    ["529999197001010247", "529999194508070018", "529999199911123733", "529999201806301155"];
const VILLAGES: [&str; 2] = ["示例一村", "示例二村"];

#[test]
fn who_came_who_left_and_what_is_different_is_told_and_other_villages_stay() {
    let known = people(&[
        ["1", "示例甲", IDS[0], VILLAGES[0], "13900000001", ""],
        ["1", "示例乙", IDS[1], VILLAGES[0], "", ""],
        ["2", "示例丙", IDS[2], VILLAGES[0], "", ""],
        ["9", "示例丁", IDS[3], VILLAGES[1], "", ""],
    ]);
    let new = people(&[["1", "示例甲", IDS[0], VILLAGES[0], "13900000002", ""]]);
    let changes = Changes::between(&known, &new);
    assert_eq!((changes.new.len(), changes.same), (0, 0));
    assert_eq!(changes.gone, ["2"]);
    let [household] = &changes.changed[..] else { panic!("{changes:?}") };
    assert_eq!((household.came, household.left), (0, 1));
    assert!(household.columns.iter().eq(["phone"]));
    let made = changes.made(&known, &new);
    assert!(made.households.keys().eq(["1", "9"]), "nobody said anything of the other village");
    assert_eq!(made.of(&made.households["1"].people[0], "phone"), "13900000002");
}

/// Each of four people in one of three households, or in none; each household in one village.
fn any_roster() -> impl Strategy<Value = Roster> {
    (vec((0..4_usize, any::<bool>()), 4), vec(0..2_usize, 3)).prop_map(|(people_in, villages)| {
        let names = ["示例甲", "示例乙", "示例丙", "示例丁"];
        let households = ["1", "2", "3"];
        let rows = people_in.iter().enumerate().filter(|(_, (household, _))| *household < 3);
        let rows = rows.map(|(person, (household, has_phone))| {
            let phone = if *has_phone { "13900000001" } else { "" };
            let village = VILLAGES[villages[*household]];
            [households[*household], names[person], IDS[person], village, phone, ""]
        });
        people(&rows.collect::<Vec<_>>())
    })
}

proptest! {
    #[test]
    fn once_made_nothing_is_left_to_change(known in any_roster(), new in any_roster()) {
        let changes = Changes::between(&known, &new);
        let made = changes.made(&known, &new);
        let again = Changes::between(&made, &new);
        prop_assert_eq!(again.same, new.households.len());
        prop_assert!(again.new.is_empty() && again.changed.is_empty() && again.gone.is_empty());
        for (name, household) in &known.households {
            let is_told_of = changes.villages.contains(household.village.as_str());
            let stays = !is_told_of && !new.households.contains_key(name);
            prop_assert_eq!(stays, made.households.get(name) == Some(household) && !new.households.contains_key(name));
        }
    }
}

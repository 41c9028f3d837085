//! What is said at the controls that few forms begin with.

use super::words;

words! {
    /// A long list that is open.
    list: List {
        search = "打字，或拼音首字母";
        search_by = "找一项：打字、拼音，或者拼音首字母";
        /// How many are not shown.
        left(count: usize) = "还有 {count} 个没显示。打一两个字，就好找了。";
        more = "再显示一些";
    }
}

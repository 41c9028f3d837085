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
    /// A number between two.
    range: Range {
        nothing = "还没选";
        less = "少一点";
        more = "多一点";
        clear = "不选了";
        /// How many, for stars.
        stars(count: &str) = "{count} 星";
    }
    /// A way or a piece of ground.
    ground: Ground {
        first = "站到第一个点，点这里";
        /// Which corner comes next.
        next(number: usize) = "走到第 {number} 个点，点这里";
        close = "围起来";
        undo = "退一步";
        how_trace = "沿着路走，每到拐弯的地方站住，点一下。";
        how_shape = "绕着地走，每到一个角站住，点一下。取够三个角，就能围起来。";
        rough = "这个点误差有点大。走到空旷的地方等一会儿，退一步再取，会准一些。";
        corner(number: usize) = "第 {number} 个点";
        /// Metres that it may be off.
        off(metres: u32) = "误差约 {metres} 米";
        closed = "已经围起来了";
        metres(number: &str) = "{number} 米";
        kilometres(number: &str) = "{number} 公里";
        /// In square metres, and in 亩.
        area(square: &str, mu: &str) = "约 {mu} 亩（{square} 平方米）";
        north = "北";
        sketch_trace = "走过的路，上面是北";
        sketch_shape = "这块地的样子，上面是北";
        too_few = "至少取两个点";
        not_closed = "至少取三个角，再点“围起来”";
    }
    /// Things put in order.
    rank: Rank {
        confirm = "就按这个先后";
        answered = "先后排好了";
        up(what: &str) = "{what}，往上挪";
        down(what: &str) = "{what}，往下挪";
        /// For those who listen: what was moved, and where it is.
        moved(what: &str, place: usize, count: usize) = "{what}，现在第 {place}，一共 {count} 个";
    }
}

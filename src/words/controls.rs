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
    /// A date in its parts, and by which calendar.
    date: DateWords {
        year = "年";
        month = "月";
        day = "日";
        which = "按哪种历填";
        gregorian = "公历（阳历）";
        lunar = "农历（阴历）";
        /// Its month and day, by the names that the Chinese calendar gives them.
        lunar_day(name: &str) = "农历{name}";
        no_year = "农历只能填 1900 年到 2100 年，请改用公历";
    }
    /// A film or a file.
    document: Document {
        film = "拍视频";
        choose = "从手机里选";
        replace = "换一个";
        remove = "删掉";
        open = "打开看看";
        working = "正在存到手机里";
        longest(seconds: u32) = "最长 {seconds} 秒。";
        how_film = "相机打不开，就用手机自带的相机拍好，再选进来。";
        how_file = "照片、PDF、Word、表格都行。";
        unreadable = "这个文件打不开，请换一个。";
        /// How large it is, and may be.
        too_large(own: &str, most: &str) = "这个有 {own}，太大了，最大 {most}。请选小一些的，或者拍短一点。";
        too_long(own: u32, most: u32) = "这段有 {own} 秒，要求最长 {most} 秒。能重拍就重拍一段短的。";
        video = "视频";
        picture = "图片";
        sound = "录音";
        pdf = "PDF 文件";
        letter = "Word 文件";
        table = "表格";
        file = "文件";
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
    /// What is known of people already.
    roster: RosterWords {
        person = "从台账里选人";
        household = "从台账里选一家人";
        /// Where somebody lives, and the last of their number.
        detail(address: &str, end: &str) = "{address} · 证件尾号 {end}";
        people(count: usize) = "{count} 口人";
        differs = "有变化，改一改";
    }
    /// Pictures that an author put beside a question.
    illustration: Illustration {
        enlarge = "看大图";
        missing = "图片还没有下载完，有网了就会有";
    }
    /// Taking back.
    undo: Undo {
        answer = "撤销刚才的改动";
    }
    /// Words that are covered.
    masked: MaskedWords {
        uncover = "看一看";
        cover = "遮起来";
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

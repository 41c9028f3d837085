//! What is said while a form is filled in.

use super::words;

words! {
    /// Filling in a form.
    filling: Filling {
        next = "下一步";
        back = "上一步";
        to_review = "好了，回去检查";
        skip = "先空着，往后填";
        optional = "可不填";
        now = "就是现在";
        choose = "请选";
        done = "选好了";
        nothing_found = "没有这一项，换几个字试试";
        acknowledge = "我知道了";
        nothing_to_choose = "先回答上面的问题，这里才有可选的";
        /// How far, in percent, for those who listen.
        progress(percent: usize) = "填了百分之 {percent}";
    }
    /// What is wrong with an answer, where the form's author did not say it.
    problem: Wrong {
        fill = "这一项要填";
        choose = "请选一项";
        photograph = "这一项要拍照";
        record = "这一项要录音";
        whole_number = "请填整数，例如 3";
        number = "请填数字，例如 3.5";
        date = "没有这一天，请再看一眼";
        moment = "请填完整的日期和时间";
        unfit = "这里填得不对，请再看一眼";
        too_few_files(least: u32) = "至少要 {least} 张";
        too_many_files(most: u32) = "最多 {most} 张，请删掉多的";
        too_few_rows(least: u32) = "至少要填 {least} 个";
        too_many_rows(most: u32) = "最多 {most} 个，请删掉多的";
    }
    /// Answers in words.
    value: Value {
        between = "、";
        date(year: u32, month: u32, day: u32) = "{year} 年 {month} 月 {day} 日";
        /// Where nothing more is asked of a date.
        year(year: &str) = "{year} 年";
        month(year: &str, month: &str) = "{year} 年 {month} 月";
        /// Where it was taken.
        place = "已取位置";
        /// Where it was taken, and the accuracy in metres.
        place_within(metres: u32) = "已取位置，误差约 {metres} 米";
        /// Along a way or around a ground.
        places(count: usize) = "已取 {count} 个点";
        pictures(count: usize) = "{count} 张照片";
        recording = "1 段录音";
        film = "1 段视频";
        file = "1 个文件";
        acknowledged = "已勾选";
        none = "没填";
    }
    /// The rows of a repeat.
    rows: Rows {
        /// Adds one of what the repeat's label names.
        add(what: &str) = "添加{what}";
        /// Its number, while it has no name.
        unnamed(number: usize) = "第 {number} 个";
        /// How many there are.
        count(count: usize) = "已有 {count} 个";
        /// How many there are, and at most may be.
        count_of(count: usize, most: u32) = "已有 {count} 个，最多 {most} 个";
        full(most: u32) = "已经有 {most} 个，不能再加了";
        complete = "填好了";
        not_begun = "还没填";
        unfinished(count: usize) = "还差 {count} 项";
        remove = "删除";
        /// It was removed; its name.
        removed(name: &str) = "已删除 {name}";
        undo = "撤销";
        /// Which of how many.
        of(place: usize, count: usize) = "{place}/{count}";
    }
    /// Pictures and signatures.
    picture: Picture {
        take = "拍照";
        choose = "选照片";
        count_of(count: usize, most: u32) = "{count} / {most} 张";
        working = "正在存照片";
        remove(number: usize) = "删掉第 {number} 张";
        shown(number: usize) = "第 {number} 张照片";
        sign_here = "用手指在框里写名字";
        sign_keep = "写好了";
        sign_again = "重写";
        sign_photograph = "拍纸上的签名";
    }
    /// Recordings.
    recording: Recording {
        begin = "点一下，开始说";
        end = "说完了，点一下";
        how = "也可以按住说，松开就停";
        /// How long it may be, in seconds.
        most(seconds: u32) = "最长 {seconds} 秒";
        /// Time left while recording.
        left(time: &str) = "还能说 {time}";
        /// Time passed while recording.
        passed(time: &str) = "已说 {time}";
        recorded = "录好了，点开听一听";
        again = "重新录";
        choose = "选一段录音";
        instead = "不写字，说给镇里听";
        refused = "没有打开话筒。您可以在浏览器设置里允许，或者选一段录音，也可以接着往下填。";
        impossible = "这个浏览器不能录音，请用手机自带的录音机录好，再选进来。";
    }
    /// The place where one stands.
    place: Place {
        take = "取我现在的位置";
        again = "重新取";
        remove = "不用位置";
        working = "正在取位置，在屋外会快一些";
        why = "只在您点的时候取一次，帮工作人员找到地方。";
        refused = "没有允许取位置。不要紧，可以接着往下填。";
        unavailable = "现在取不到位置。可以到屋外再试，也可以接着往下填。";
    }
    /// Reading aloud.
    aloud: Aloud {
        read = "念给我听";
        /// What there is to choose.
        choices(names: &str) = "可以选：{names}";
        answered(answer: &str) = "您填的是：{answer}";
    }
    /// What becomes of what one tells, and who agrees.
    notice: Notice {
        title = "填之前，请看一眼";
        understood = "知道了，开始";
        /// Where it can be read once more.
        again = "再看一遍个人信息告知";
        /// How many children under fourteen the answers are of.
        children(count: usize) = "表里有 {count} 个不满 14 周岁的孩子";
        guardian = "我是孩子的父母或监护人，看过告知，同意镇里这样用孩子的信息";
        guardian_missing = "请孩子的监护人先点同意，再完成";
    }
    /// Before it is sealed.
    review: Review {
        title = "检查一遍";
        good = "都填好了。看一遍，没错就点完成。";
        good_correction = "改完看一遍，没错就点“封好补正”。";
        missing(count: usize) = "还有 {count} 处要看";
        change = "修改";
        finish = "完成，封好";
        mend = "去补第一处";
        sealing = "正在封好";
        promise = "封好以后不能再改。路上谁也打不开，只有镇里和这部手机看得到。";
    }
    /// The township has a newer form than the draft was begun with.
    renewal: Renewal {
        title = "镇里更新了这张表";
        all_goes = "您填过的都会带到新表里，一样不少。";
        most_goes = "您填过的会带到新表里，不用重填。";
        /// How many answers cannot be carried; they stand below.
        some_stays(count: usize) = "只有这 {count} 项带不过去";
        old_is_good = "不换也行，旧表镇里照样收。";
        take = "用新表接着填";
        keep = "还用旧表";
        /// Before it is sealed with the older one.
        see = "看看新表";
        taken = "已经换成新表";
        all_went = "您填过的都带过来了。";
        some_stayed(count: usize) = "换成新表时，有 {count} 项没带过来";
        stayed_how = "这是您以前填的：";
        understood = "知道了";
        back_what = "换表后填的带不回去";
        back_sure = "换回旧表";
        gone = "新表不问这一项了";
        another_kind = "新表换了填法，请重新填";
        not_offered = "新表没有这个选项，请重新选";
        no_row = "新表里没有地方放这一项";
        given = "这一项新表已经定好了";
        not_asked = "先留着，新表问到时自动填上";
    }
}

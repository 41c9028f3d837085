//! What is said of what people ask of a case that the township has.

use super::words;

words! {
    /// Correcting, withdrawing, and what became of that.
    asking: Asking {
        /// What the office wrote.
        said = "镇里说";
        corrections = "要改的";
        correct = "按镇里说的改";
        correct_anyway = "有填错的，改一改";
        go_on = "接着改";
        withdraw = "不办了，撤回";
        withdraw_sure = "真的不办了吗？";
        withdraw_what = "撤回以后镇里不再办。以后要办，得重新填、重新交。";
        why = "为什么不办了（不写也行）";
        keep = "不撤了";
        withdraw_now = "撤回";
        seal = "封好补正";
        /// What waits.
        supplement = "补正";
        withdrawal = "撤回";
        rating = "评价";
        visit = "核查";
        confirmation = "回话";
        appeal = "复核的要求";
        waits(what: &str) = "{what}封好了，还在这部手机里";
        waits_how = "有网就送到镇里，不用您管。送到以前，这一件先不能再改。";
        not_taken(what: &str) = "{what}没有送成，什么都没有丢";
        changed = "这一件变了，请您看看";
        /// Above both.
        changed_how(what: &str) = "您封好{what}以后，镇里又办了一步，所以没有收。两边都在下面，您看了再定。";
        coming = "正在等镇里现在的情况，连上网就有。";
        meant = "您当时要";
        now = "现在是";
        meant_withdrawal = "不办了，撤回";
        meant_supplement = "改成这样";
        meant_nothing = "内容没有改";
        none = "没填";
        redo = "照现在的情况再来";
        let_be = "不用了";
        /// While a correction is filled in, and the case is another meanwhile.
        no_longer = "这一件现在不能改了";
    }
    /// 好差评.
    rating: RatingWords {
        title = "办得怎么样？";
        delighted = "非常满意";
        satisfied = "满意";
        content = "基本满意";
        dissatisfied = "不满意";
        appalled = "非常不满意";
        more = "还想说什么（不写也行）";
        secret = "评了什么，给您办事的人看不到。";
        give = "评好了";
        given(level: &str) = "您评的是：{level}";
    }
    /// 报修人确认.
    confirming: Confirming {
        title = "修好了吗？";
        mended = "好了";
        not_mended = "还没有好";
        what = "哪里还没有好";
        say_what = "写一句哪里还没有好，镇里好再去。";
        tell = "告诉镇里";
    }
    /// 复核.
    appealing: Appealing {
        appeal = "不服这个结果";
        title = "请镇里换个人再看一遍";
        how = "原来定这件事的人不再管。只能要求一次；不耽误您申请行政复议、打官司。";
        what = "觉得哪里不对";
        say_what = "写一句觉得哪里不对，好让人去查。";
        not_now = "先不";
        send = "要求复核";
    }
    /// 核查.
    visiting: Visiting {
        tasks = "请您去看看";
        title = "核查";
        /// What the office wants to know.
        asked = "镇里请您看";
        found = "您看到的";
        as_stated = "和申请的一样";
        different = "和申请的不一样";
        absent = "没有见到人";
        words = "写几句看到的";
        say_what = "不一样的，写清楚哪里不一样。";
        done = "封好核查";
    }
}

use crate::actors::roster::first_day;
use crate::actors::tag::tests::{tag, tag_dated};

#[track_caller]
fn holds(text: &str, mention: &str) {
    let tagged = tag(text);
    assert!(tagged.contains(mention), "{text}: {tagged}");
}

#[track_caller]
fn lacks(text: &str, mention: &str) {
    let tagged = tag(text);
    assert!(!tagged.contains(mention), "{text}: {tagged}");
}

#[test]
fn the_best_known_need_no_full_name() {
    holds("The Trump tariffs are illegal.", "Trump=donald-trump:full-name");
    holds("Musk cheered.", "Musk=elon-musk:full-name");
    holds("They say that Hillary lost.", "Hillary=hillary-clinton:full-name");
    lacks("Eric Trump smiled. Trump wore white.", "donald-trump");
    lacks("Edmund Hillary climbed it. Then Hillary came down.", "hillary-clinton");
    lacks("Hillary Swank came.", "hillary-clinton");
    holds("Donald Trump met Ivanka Trump. Then Trump left.", "Trump=donald-trump:short-name");
}

#[test]
fn an_office_and_whose_it_is_tell_of_a_name() {
    holds("英国首相约翰逊表示反对。", "约翰逊=boris-johnson:office");
    holds("美联储主席鲍威尔表示反对。", "鲍威尔=jerome-powell:office");
    holds("巴勒斯坦总统阿巴斯表示反对。", "阿巴斯=mahmoud-abbas:office");
    holds("美国副总统哈里斯表示反对。", "哈里斯=kamala-harris:office");
    holds("希拉里·克林顿说，克林顿总统任内经济很好。", "克林顿=bill-clinton:office");
    lacks("得州州长阿博特表示反对。", "tony-abbott");
    lacks("美国总统布什表示反对。", "=george-");
    holds("British Prime Minister Johnson spoke.", "Johnson=boris-johnson:office");
    lacks("Boris Johnson spoke. Liberian President Johnson did not.", "Johnson=boris-johnson:office");
}

#[test]
fn the_day_tells_who_held_an_office() {
    let bush = |day: &str| tag_dated("", "美国总统布什表示反对。", first_day(day));
    assert!(bush("2004-05-01").contains("布什=george-w-bush:office"), "{}", bush("2004-05-01"));
    assert!(bush("1990-05-01").contains("布什=george-hw-bush:office"), "{}", bush("1990-05-01"));
    let vice = tag_dated("", "It was Vice President Cheney who said so.", first_day("2003-05-01"));
    assert!(vice.contains("Cheney=dick-cheney"), "{vice}");
}

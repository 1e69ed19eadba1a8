"""A referral summary with names in many scripts and words that try to be markup."""

from __future__ import annotations

from datetime import datetime

from guidance import referral
from guidance.content import Content
from guidance.hours import LONDON
from guidance.referral import State

POLISH, LITHUANIAN = "Łukasz Żółć-Świętokrzyski", "Žygimantas Ąžuolėlis"
ARABIC, URDU = "محمد عبد الله الأحمد", "محمد علی خان گڑھی ٹھٹھہ"
OTHERS = "Gurpreet ਗੁਰਪ੍ਰੀਤ, Алёна Щукина, 王小明, Nguyễn Thị Hường"
MARKUP = '<script>alert(1)</script> {{ 7*7 }} #eval("1") *b* [c](javascript:alert(1)) $x$ =HYPERLINK("x") & <w:p/>'
CALL = datetime(2026, 11, 28, 22, 15, tzinfo=LONDON)
FACTS = {"audience": "professional", "area": "peterborough"}


def told(content: Content, **answers: str) -> State:
    state = referral.blank()
    for name, words in answers.items():
        field = name.replace("_", "-")
        state = referral.fill(content.referral, state, field, words, CALL if field == "call-when" else None)
    return state


def many_scripts(content: Content) -> State:
    return told(
        content,
        child_name=f"{POLISH}, {LITHUANIAN}",
        parents_names=ARABIC,
        household=URDU,
        wider_family=OTHERS,
        worry=MARKUP,
        area="Peterborough",
        call_made="Yes, I have rung",
        call_when="today at 10.15pm",
    )

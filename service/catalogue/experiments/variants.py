"""Which variant converts better, and how many visitors does it take to tell?"""

from __future__ import annotations

from service.analytics.experiments import ab_test as variants_compared
from service.analytics.experiments import sample_size
from service.catalogue.experiments.inputs import (
    BaselineRate,
    BaselineVariance,
    Confidence,
    Effect,
    EffectOnRate,
    ExpectedShare,
    Power,
    Relative,
    Variants,
)
from service.catalogue.experiments.results import AB_TEST, SAMPLE_SIZE
from service.declare import algorithm
from service.metric import Example
from service.outcome import Outcome

TWO_PAGES = [
    {"name": "long form", "visitors": 5_000, "conversions": 250},
    {"name": "short form", "visitors": 5_000, "conversions": 300},
]


@algorithm(
    "ratio",
    "up",
    Example({"variants": TWO_PAGES}, 0.2),
    statement="lift = (rate of the variant − rate of the control) ÷ rate of the control;"
    " z = (p₂ − p₁) ÷ √(p(1 − p)(1/n₁ + 1/n₂)) with p the rate of both together; for means"
    " t = (m₂ − m₁) ÷ √(s₁²/n₁ + s₂²/n₂) and the lift is divided by |m₁|",
    result=AB_TEST,
    serves=["leads", "sales"],
    aliases=["A/B test lift", "split test", "A/B/n test", "A/B test significance"],
)
def ab_test(
    variants: Variants,
    expected_share: ExpectedShare = None,
    minimum_detectable_effect: Effect = None,
    confidence: Confidence = 0.95,
) -> Outcome:
    """A/B test.

    How much better the best variant of a page, mail or offer does than the control, which comes
    first, and whether chance alone could have made the difference. Each variant is given by its
    visitors and its conversions, or by the mean and standard deviation of a value per visitor.

    Reading: The verdict follows p, adjusted for the number of variants; the interval tells how
    small or large the true difference may be. Fix the size beforehand and look once: whoever looks
    daily and stops at the first significant p finds winners that are none. A split far from the
    planned one is a fault of the test, not a result.

    Source: R. G. Newcombe (1998), Interval estimation for the difference between independent
    proportions, Statistics in Medicine 17; B. L. Welch (1947), Biometrika 34; S. Holm (1979),
    Scandinavian Journal of Statistics 6.
    """
    return variants_compared.ab_test(
        variants=variants,
        expected_share=expected_share,
        minimum_detectable_effect=minimum_detectable_effect,
        confidence=confidence,
    )


@algorithm(
    "visitor",
    "neither",
    Example({"baseline_rate": 0.2, "minimum_detectable_effect": 0.05}, 1_094),
    statement="n = (z·√(2p̄(1 − p̄)) + z_power·√(p₁(1 − p₁) + p₂(1 − p₂)))² ÷ (p₂ − p₁)², in each"
    " variant, with p̄ the mean of both rates and z two-sided",
    result=SAMPLE_SIZE,
    serves=["leads", "sales"],
    aliases=["sample size calculator", "A/B test duration", "minimum sample size"],
)
def ab_test_sample_size(
    baseline_rate: BaselineRate,
    minimum_detectable_effect: EffectOnRate,
    relative: Relative = False,  # noqa: FBT002  an input of the metric
    power: Power = 0.8,
    confidence: Confidence = 0.95,
    baseline_variance: BaselineVariance = False,  # noqa: FBT002  an input of the metric
) -> Outcome:
    """A/B test sample size.

    The visitors that each of two variants needs, so that an effect worth finding is found with the
    chance that is asked for.

    Reading: Divide by the visitors a day to see how long the test runs. Half the effect needs four
    times the visitors. If the traffic is too small, look for a bolder change, not for a lower
    confidence.

    Source: J. L. Fleiss, B. Levin & M. C. Paik, Statistical Methods for Rates and Proportions;
    with the variance of the baseline as in Evan Miller, Sample Size Calculator,
    https://www.evanmiller.org/ab-testing/sample-size.html
    """
    return sample_size.ab_test_sample_size(
        baseline_rate=baseline_rate,
        minimum_detectable_effect=minimum_detectable_effect,
        relative=relative,
        power=power,
        confidence=confidence,
        baseline_variance=baseline_variance,
    )

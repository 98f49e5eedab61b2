# Whose clock a time is read on.
# $country (String) - ISO code of the country
clock-label = { $country ->
    [SE] svensk tid
    [FI] finsk tid
    [NO] norsk tid
   *[other] lokal tid
}
# $country (String) - ISO code of the country
clock-head = { $country ->
    [SE] Svensk tid
    [FI] Finsk tid
    [NO] Norsk tid
   *[other] Lokal tid
}
# An exact moment.
# $date (String) - date with weekday
# $time (String) - time of day
# $clock (String) - whose clock
moment = { $date } kl. { $time } { $clock }

waiting-any-kind = Vad som helst
waiting-any-town = båda städerna
# $percent (Number) - at least so much of the whole
waiting-share = { $percent ->
    [25] minst en fjärdedel
    [50] minst halva
    [100] hela
   *[other] minst { $percent } procent
}
waiting-any-hour = när som helst på dagen
# $time (String) - time of day
waiting-from-hour = från klockan { $time }

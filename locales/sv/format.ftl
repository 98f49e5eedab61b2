# How long something takes.

# $minutes (Number) - fewer than 60, or 0 of them altogether
duration-minutes = { $minutes } min
# $hours (Number) - which form of the word
# $shown (String) - the same, grouped
duration-hours = { $hours ->
    [one] { $shown } timme
   *[other] { $shown } timmar
}
# $hours (String) - grouped
# $minutes (Number) - 1 to 59
duration-hours-minutes = { $hours } tim { $minutes } min

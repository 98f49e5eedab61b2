duration-minutes = { $minutes } min
duration-hours = { $hours ->
    [one] { $shown } tunti
   *[other] { $shown } tuntia
}
duration-hours-minutes = { $hours } t { $minutes } min

waiting-any-kind = Mitä tahansa
waiting-any-town = molemmat kaupungit
waiting-share = { $percent ->
    [25] vähintään neljännes
    [50] vähintään puolet
    [100] koko tila
   *[other] vähintään { $percent } prosenttia
}
waiting-any-hour = mihin aikaan tahansa
waiting-from-hour = klo { $time } alkaen

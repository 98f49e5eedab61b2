# $place (String) - town or facility
# $date (String) - long date
day-title = { $place }, { $date }
day-lead = Välj en ledig tid.
day-banks = Till vänster går klockan i Sverige, till höger i Finland.
day-grid-label = Dagens tider
day-other-days = Andra dagar
day-week-later = En vecka senare
day-about-facility = Om anläggningen
day-short = Den här natten ställs klockan fram: dygnet har 23 timmar.
day-long = Den här natten ställs klockan tillbaka: dygnet har 25 timmar. Timmen som infaller två gånger är märkt a och b.
day-seam = klockan ställs fram
day-now = nu
day-free-times = Lediga tider som lista
day-nothing-free = Inget ledigt den här dagen.
day-chosen = Vald tid:
day-go-on = Fortsätt
day-keys = Gå mellan tiderna med piltangenterna. Mellanslag väljer en tid, skift och nedåtpil gör den längre.
state-free = Ledigt
state-short = Ledigt, men för kort
state-taken = Upptaget
state-closed = Stängt
state-past = Passerat
state-later = Går inte att boka än
state-partly = Delvis upptaget
state-shut = Tillfälligt stängt
state-too-late = För sent att boka
moment-title = Så ser det ut en viss tid
moment-choose = Klockan
moment-show = Visa
# $time (String) - time of day
moment-at = Klockan { $time }
# $time (String) - time of day
moment-plan = Planen klockan { $time }. Det som är upptaget är mörkt; vad som är ledigt står i listan nedanför.
# $time (String) - time of day
moment-book = Boka från { $time }

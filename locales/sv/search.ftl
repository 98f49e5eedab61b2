search-page-title = Lediga tider
search-title = Is, hall eller plan – på vilken sida av älven du vill
search-lead = Sök bland anläggningarna i Haparanda och Torneå. Betala i kronor eller euro.
search-what = Vad
search-any-kind = Vad som helst
search-where = Var
search-both-towns = Båda städerna
search-date = Från och med
search-from = Tidigast klockan
search-length = Hur länge
search-people = Antal personer
search-submit = Sök lediga tider
# $date (String) - date with weekday
search-free-times = Lediga tider från { $date }
# $date (String) - date with weekday
search-nothing = Det finns inget ledigt som passar dina val under veckan från { $date }.
search-nearest = Närmast i tid, i båda städerna
search-nothing-at-all = Inte heller den närmaste månaden. Prova en annan längd eller något annat.
search-more = Visa fler tider
search-book = Boka

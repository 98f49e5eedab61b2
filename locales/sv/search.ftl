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
# $to (String) - date with weekday
search-nothing = Från { $date } till { $to } finns inget ledigt som passar dina val.
search-nearest = Närmast i tid, i båda städerna
search-nothing-at-all = Inte heller den närmaste månaden. Prova en annan längd eller en annan sorts anläggning.
search-more = Visa fler tider
search-book = Boka
search-best-times = Lediga tider som passar bäst
search-text = Med egna ord (frivilligt)
search-text-hint = Till exempel: två timmar, minst halva hallen, tisdag eller torsdag efter 17, kommande tre veckor.
search-read = Vi läste det så här:
# $words (String) - words, each in quotes
search-not-read = Det här förstod vi inte: { $words }. Använd fälten nedanför om det är viktigt.
# $time (String) - time of day
search-read-from = tidigast { $time }
# $time (String) - time of day
search-read-to = slut senast { $time }
# $date (String) - date with weekday
search-read-since = från { $date }
# $date (String) - date with weekday
search-read-until = till { $date }
# $people (Number) - how many
search-read-people = { $people ->
    [one] { $people } person
   *[other] { $people } personer
}
search-more-choices = Fler val: veckodagar, storlek och sista dag
search-until = Till och med
search-to = Slut senast klockan
search-share = Hur stor del
search-share-any = Valfri
search-share-quarter = Minst en fjärdedel
search-share-half = Minst halva
search-share-whole = Hela ytan
# $percent (Number) - share
search-share-percent = Minst { $percent } procent
search-order = Visa först
search-order-earliest = Tidigaste tiden
search-order-best = Det som passar bäst
search-weekdays = Veckodagar (alla om du inte väljer)
search-ends-too-soon = Sluttiden måste vara senare än starttiden.
search-until-before = Sista dagen måste vara samma dag som den första eller senare.

# What a use has cost afterwards.
charge-lost-key = Borttappad nyckel
charge-unlocked = Olåst dörr eller öppet fönster
charge-not-cleaned = Städning efter användningen
charge-alarm = Utryckning efter larm
charge-overtime = Tid utöver den bokade
charge-no-show = Outnyttjad bokning
# $price (String) - money, in one currency or both
charge-per-quarter = { $price } för varje påbörjad kvart
# $price (String) - money, in one currency or both
charge-per-hour = { $price } för varje påbörjad timme
# $percent (String) - percentage
charge-of-price = { $percent } av bokningens pris
# $most (String) - money
charge-cost-up-to = den faktiska kostnaden, högst { $most }
charge-tax-use = moms som för användningen
charge-tax-outside = ersättning utan moms
charge-basis-fixed = Fast avgift enligt taxan
# $units (Number) - how many have begun
# $length (String) - how long it was
# $price (String) - money for each
charge-basis-quarters = { $units ->
    [one] { $units } påbörjad kvart ({ $length }), { $price }
   *[other] { $units } påbörjade kvartar ({ $length }), { $price } för varje
}
# $units (Number) - how many have begun
# $length (String) - how long it was
# $price (String) - money for each
charge-basis-hours = { $units ->
    [one] { $units } påbörjad timme ({ $length }), { $price }
   *[other] { $units } påbörjade timmar ({ $length }), { $price } för varje
}
# $percent (String) - percentage
# $price (String) - money
charge-basis-price = { $percent } av bokningens pris, { $price }
charge-basis-cost = Faktisk kostnad
charge-lines = Vad avgiften gäller
charge-no-tax-short = ingen moms
charge-no-tax = Avgiften är en ersättning och ingen försäljning. Därför finns det ingen moms i den.

# The page.
# $what (String) - what is charged
charge-title = Avgift: { $what }
charge-open-lead = Avgiften är inte betald än.
charge-refused = Betalningen gick inte igenom. Försök igen eller betala på ett annat sätt.
charge-awaited = Vi har inte fått någon betalning än. Titta igen om en liten stund om du just har betalat.
charge-paid-lead = Avgiften är betald.
# $customer (String) - who pays later
charge-account-lead = Avgiften kommer på nästa faktura till { $customer }. Du behöver inte betala här.
# $number (String) - number of the invoice
# $customer (String) - who pays later
charge-invoiced-lead = Avgiften står på faktura { $number } till { $customer }. Du behöver inte betala här.
charge-gone-lead = Avgiften är tillbakatagen. Du behöver inte betala något.
charge-why = Orsak
charge-why-gone = Varför den togs tillbaka
charge-day = Datum för avgiften
charge-fixed = Båda beloppen är fasta: inget läggs till.
charge-to-booking = Till bokningen
charge-back = Till avgiften
charge-listed = Avgifter efter användningen
# $what (String) - what is charged
# $amount (String) - money
charge-item-open = { $what }: { $amount }, att betala
# $what (String) - what is charged
# $amount (String) - money
charge-item-paid = { $what }: { $amount }, betald
# $what (String) - what is charged
# $amount (String) - money
charge-item-invoiced = { $what }: { $amount }, faktureras
# $what (String) - what is charged
# $amount (String) - money
charge-item-gone = { $what }: { $amount }, tillbakatagen
# $amount (String) - money
charge-twice = Vi fick { $amount } för en avgift som redan var betald eller tillbakatagen. Pengarna går tillbaka till det betalsätt du använde.
ticket-no-show = Bokningen användes inte
# $reference (String) - reference
ticket-no-show-lead = Tiden för bokning { $reference } är över, och ingen kom.
series-state-no-show = outnyttjad
# On the page of a facility.
tariff-after-use = Det här kan tillkomma efter användningen

# Letters.
# $reference (String) - the booking's reference
mail-charged-intro = Användningen av bokning { $reference } har medfört en avgift.
# $what (String) - what is charged
# $basis (String) - how it came to that
mail-charged-what = Avgift: { $what }. { $basis }.
# $value (String) - money
mail-charged-rest = Att betala: { $value }
# $value (String) - money
# $other (String) - the same in the neighbour's currency
mail-charged-either = Att betala: { $value } eller { $other }. Båda beloppen är fasta.
# $value (String) - money
mail-charged-sum = Belopp: { $value }
mail-charged-invoiced = Du behöver inte betala: avgiften kommer på nästa faktura. Läs om den här:
mail-charged-pay = Läs om avgiften och betala den här:
# $what (String) - what is charged
# $when (String) - date and time at the facility
mail-charged-subject = Avgift: { $what }, { $when }
# $paid (String) - money
# $what (String) - what is charged
# $reference (String) - the booking's reference
mail-charge-paid-intro = Du har betalat { $paid }. Avgiften gäller: { $what }, bokning { $reference }.
mail-charge-receipt = Se avgiften och hämta kvittot:
# $what (String) - what is charged
# $when (String) - date and time at the facility
mail-charge-paid-subject = Betalt: { $what }, { $when }
# $what (String) - what is charged
# $gross (String) - money
# $reference (String) - the booking's reference
mail-charge-gone-intro = Kommunen har tagit tillbaka en avgift: { $what }, { $gross }, bokning { $reference }.
mail-charge-gone-unpaid = Du behöver inte betala något.
mail-charge-gone-invoiced = Avgiften stod på en faktura, och den krediteras.
# $what (String) - what is charged
# $when (String) - date and time at the facility
mail-charge-gone-subject = Tillbakatagen avgift: { $what }, { $when }
# $amount (String) - money
mail-charge-surplus = Vi fick { $amount } för en avgift som redan var betald eller tillbakatagen. Hela beloppet går tillbaka till det betalsätt du använde.

# What stands in staff's way.
problem-charge-not-booked = Det går bara att ta ut en avgift för en bokning som gäller.
problem-charge-not-begun = Tiden har inte börjat. Ta ut avgiften när den har gjort det.
problem-charge-not-over = Tiden är inte slut. Vänta tills den är det, innan du tar ut avgift för en outnyttjad bokning.
problem-charge-no-show = Avgift för outnyttjad bokning är redan uttagen.
# $codes (String) - those that there are
problem-charge-not-listed = Taxan som gäller för bokningen har ingen sådan avgift. De som finns: { $codes }.
problem-charge-none-listed = Taxan som gäller för bokningen har inga avgifter efter användningen.
# $max (Number) - the most
problem-charge-minutes = Ange hur många minuter det gäller, 1 till { $max }.
problem-charge-no-minutes = Avgiften räknas inte efter tid. Ta bort minuterna.
# $most (String) - money
problem-charge-cost = Ange den faktiska kostnaden i bokningens valuta: mer än noll och högst { $most }.
problem-charge-no-cost = Taxan säger vad avgiften är. Ta bort kostnaden.
problem-charge-nothing = Avgiften blir noll. Det finns inget att ta ut.
problem-charge-no-tax = Det finns ingen momssats för den dag då tiden användes.
# $max (Number) - how many
problem-charge-too-many = En bokning kan ha högst { $max } avgifter.
problem-charge-done = Avgiften är redan tillbakatagen.
# $max (Number) - how many
problem-tariff-after-use = Ange högst { $max } avgifter efter användningen, var och en med en egen kod.
# $max (Number) - letters
problem-tariff-name = Ange ett namn på båda språken, med högst { $max } tecken. En avgift av annat slag måste ha ett namn.
problem-tariff-price-percent = Ange hela procent av priset från 1 till 500.

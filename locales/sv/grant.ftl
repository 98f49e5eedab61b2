# A municipality pays a part of the price.

grant-title = Har du en bidragskod?
grant-code = Bidragskod
grant-hint = En kommun kan betala hela priset eller en del av det. Koden får du av kommunen.
grant-submit = Använd koden
grant-remove = Ta bort bidraget
grant-price = Pris
# $town (String) - name of the town that pays
grant-from = Bidrag från { $town }
grant-rest = Att betala
grant-own = Din del
grant-covered = Bidraget täcker hela priset. Du behöver inte betala något.
grant-book = Boka
grant-label = Bidrag
# $amount (String) - money
# $town (String) - name of the town that pays
# $name (String) - the grant's name
grant-pays = { $amount } från { $town } ({ $name })
# $town (String) - name of the town that pays
# $amount (String) - money
# $name (String) - the grant's name
grant-told = { $town } betalar { $amount } av priset ({ $name }).
# $amount (String) - money
# $town (String) - name of the town that pays
grant-back = Av bidraget har { $amount } gått tillbaka till { $town }.
grant-problem-code = Koden finns inte. Kontrollera att du har skrivit av den rätt.
grant-problem-too-often = Fel kod har skrivits för många gånger. Betala utan bidrag, eller hör av dig till kommunen.
grant-problem-used = Koden är redan använd.
grant-problem-closed = Bidraget är avslutat.
grant-problem-place = Bidraget gäller inte den här anläggningen.
grant-problem-group = Bidraget gäller inte den taxegrupp som du har valt.
# $from (String) - day
# $until (String) - day
grant-problem-day = Bidraget gäller tider från { $from } till { $until }.
grant-problem-nothing-left = Pengarna för bidraget är slut.
grant-problem-no-rate = Bidraget kan inte räknas ut nu, eftersom det saknas en aktuell växelkurs. Försök senare, eller betala utan bidrag.
# To staff.
grant-problem-pays = Ange antingen percent, 1 till 100, eller amount.
# $field (String) - name of the field
grant-problem-money = { $field } ska vara mer än noll, i kommunens valuta.
# $days (Number) - at most
grant-problem-until = until ska vara samma dag som from eller senare, och högst { $days } dagar efter den.
grant-problem-customers = Bidraget är till en kund. Bidragskoder kan bara göras för bidrag utan kund.
# $codes (Number) - at once
# $most (Number) - of one grant
grant-problem-too-many = Det går att göra { $codes } koder i taget, och högst { $most } för ett bidrag.

# What is paid whole has no receipt: the page that says so.
covered-link = Betalningsintyg
# $reference (String) - reference of the booking
covered-title = Betalningsintyg { $reference }
# $town (String) - name of the town
covered-by = Betalt av { $town }

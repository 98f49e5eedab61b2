# Letters about a series.
# $place (String) - space and facility
# $count (Number) - how many dates
# $when (String) - the first, date and time at the facility
mail-series-confirmed-subject = Bokat: { $place }, { $count ->
    [one] en tid
   *[other] { $count } tider
} från { $when }
mail-series-confirmed-intro = Tiderna är dina. Här är alla datum, med varje boknings nummer.
mail-series-cancel-rule = Du kan avboka en tid, flera eller alla som är kvar. På varje boknings sida står det vad en avbokning kostar, och när.
mail-series-manage = Se alla tider eller avboka:
# $place (String) - space and facility
# $count (Number) - how many dates
mail-series-cancelled-subject = Avbokat: { $place }, { $count ->
    [one] en tid
   *[other] { $count } tider
}
mail-series-cancelled-intro = De här tiderna är avbokade och lediga för andra.
# $place (String) - space and facility
# $count (Number) - how many dates
mail-series-withdrawn-subject = Inställt: { $place }, { $count ->
    [one] en tid
   *[other] { $count } tider
}
mail-series-withdrawn-intro = Kommunen har tyvärr behövt ställa in de här tiderna. De är därför avbokade.

# $place (String) - space and facility
# $count (Number) - how many dates
mail-series-moved-subject = Flyttat: { $place }, { $count ->
    [one] en tid
   *[other] { $count } tider
}
mail-series-moved-intro = Tiderna är flyttade. Här är de nya.
mail-series-moved-by-town-intro = Kommunen har behövt flytta de här tiderna. Här är de nya.

# What is on the pages.
series-link = Boka samma tid flera veckor
# $space (String) - space
# $facility (String) - facility
series-title = Återkommande tid: { $space }, { $facility }
series-heading = Boka samma tid flera veckor
series-lead = Välj när och hur ofta tiden ska återkomma. Du får se varje datum innan något bokas.
series-first = Första dag
series-every = Hur ofta
# $weeks (Number) - weeks from one time to the next
series-every-weeks = { $weeks ->
    [1] Varje vecka
    [2] Varannan vecka
    [3] Var tredje vecka
   *[other] Var fjärde vecka
}
series-until = Sista dag
series-until-hint = Ange antingen en sista dag eller hur många gånger, högst 120.
series-count = eller antal gånger
series-skip = Hoppa över
series-skip-holidays = Helgdagar och helgdagsaftnar
# $town (String) - the town
series-skip-breaks = Skollov i { $town }
# $date (String) - a date
series-skip-date = Hoppa över { $date }
series-show = Visa datumen
series-book = Boka alla lediga
# $minutes (Number) - how long
series-hold-note = Vi reserverar tiderna åt dig i { $minutes } minuter medan du betalar. Priset ändras inte under tiden, om du betalar alla på en gång.
series-dates = Alla datum
# $free (Number) - dates that are free
# $all (Number) - all dates
series-free-of = Antal datum: { $all }. Lediga: { $free }.
series-total = Alla lediga tillsammans:
series-near = Ledigt i stället:
series-taken = Upptaget.
series-unpriced = Det finns inget pris för tiden.
series-missing = Klockslaget finns inte den dagen, för då ställs klockan fram.
series-twice = Klockslaget kommer två gånger den dagen. Välj vilket du menar.
# $name (String) - a holiday or a break
series-skipped = Hoppas över: { $name }.
series-skipped-date = Hoppas över.
# $count (Number) - how many
series-times = { $count ->
    [one] En tid
   *[other] { $count } tider
}
series-held = Tiderna är reserverade för dig
series-held-lead = De är inte bokade än. Gå vidare för att göra klart bokningen.
series-confirmed = Tiderna är dina
# $count (Number) - how many
# $email (String) - address
series-confirmed-lead = { $count ->
    [one] En tid är bokad.
   *[other] { $count } tider är bokade.
} Bekräftelsen skickas till { $email }.
series-cancelled-lead = Tiderna är avbokade och lediga för andra.
series-expired = Den preliminära bokningen har gått ut
series-state-held = preliminärt bokad
series-state-confirmed = bokad
series-state-cancelled = avbokad
series-state-expired = har gått ut
series-cancel-first = Varje tid kan avbokas för sig. För den första gäller:
series-cancel-some = Avboka de valda
series-cancel-rest = Avboka alla som är kvar
series-cancel-none = Välj minst en tid som inte har börjat.
series-cancel-ask = Vill du avboka de här tiderna?
# $count (Number) - how many
series-cancel-submit = { $count ->
    [one] Avboka tiden
   *[other] Avboka { $count } tider
}
series-cancel-keep = Behåll tiderna
series-move-some = Flytta de valda
series-move-rest = Flytta alla som är kvar
series-move-title = Flytta återkommande tider
series-move-lead = Varje tid flyttas inom sin vecka: alla eller ingen. Du får se varje datum först.
series-move-weekday = Ny veckodag
series-move-show = Visa de nya datumen
# $count (Number) - how many
series-move-submit = { $count ->
    [one] Flytta tiden
   *[other] Flytta { $count } tider
}
series-move-from = Nu:
series-move-to = Ny tid:
series-move-barred = Alla går inte att flytta dit, så inget flyttas. Välj en annan tid, eller gå tillbaka och välj bort de datum som inte går.
# $amount (String) - money
series-dearer = Kostar { $amount } mer. Flytta det här datumet för sig på bokningens egen sida och betala mellanskillnaden där.
series-there = Har redan den tiden.

# What stands in the way.
problem-series-fewer = Priset har ändrats. Serierabatten gäller bara tider som betalas tillsammans eller redan är bokade, och nu är de färre. Titta på det nya priset innan du går vidare.
problem-series-move-none = Ingen av tiderna går att flytta. Bara bokade tider som inte har börjat kan flyttas.
problem-series-move-too-late = Det är för sent att flytta tiderna. Nu går de bara att avboka.
problem-series-move-barred = Alla datum går inte att flytta dit, så inget har flyttats. Titta på vad som står vid varje datum.
problem-series-move-changed = Något har ändrats sedan du såg datumen, så inget har flyttats. Titta igenom dem på nytt.
# $from (String) - a year
# $to (String) - a year
problem-series-first = Välj en första dag mellan år { $from } och år { $to }.
problem-series-time = Tiden ska börja på en jämn kvart, till exempel 18:15.
# $longest (String) - a length of time
problem-series-length = Längden ska vara i jämna kvartar, högst { $longest }.
# $min (Number) - weeks
# $max (Number) - weeks
problem-series-every = Det ska vara { $min } till { $max } veckor mellan tiderna.
problem-series-last-before-first = Sista dagen ligger före den första. Välj en senare.
# $last (String) - a date
problem-series-last-too-late = Så många datum ryms inte i en serie. Välj en sista dag senast { $last }.
# $max (Number) - how many
problem-series-count = Ange ett antal gånger från 1 till { $max }.
# $max (Number) - how many
problem-series-skipped-dates = Du kan hoppa över högst { $max } enskilda datum.
problem-series-until = Ange antingen en sista dag eller ett antal gånger, inte båda.
problem-series-nothing = Inget av datumen är ledigt. Prova en annan tid.
problem-series-changed = Något har ändrats sedan du såg datumen, så inget är bokat. Titta igenom dem på nytt.
problem-series-no-date = Serien har inget sådant datum.
problem-series-which = Ange antingen bookings eller from.
problem-series-token-missing = Skicka med seriens manage_token som Bearer i Authorization.
problem-series-token-invalid = Nyckeln är inte giltig. Använd den manage_token som kom när serien gjordes.
problem-series-not-found = Serien finns inte, eller så hör nyckeln till en annan serie. Använd länken i bekräftelsen.

# What only staff do.
# $max (Number) - how many
problem-breaks-too-many = En kommun kan ha högst { $max } skollov. Ta bort några som redan har varit.
problem-break-backwards = Lovet slutar innan det börjar. Byt plats på datumen.
problem-break-overlaps = Lovet har dagar gemensamma med ett annat lov. Rätta datumen.
# $max (Number) - letters
problem-break-name = Lovet ska ha ett namn på båda språken, med högst { $max } tecken.

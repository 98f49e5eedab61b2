# What stands in accountants' way.
problem-balance-future = Tidpunkten har inte varit än. Välj en som har varit.
problem-period-backwards = Perioden slutar innan den börjar, eller har inte börjat än. Rätta datumen.
# $max (Number) - lines
problem-chart-too-many = En kontoplan kan ha högst { $max } rader. Ta bort några som inte längre gäller.
problem-chart-account = Kontot finns inte. Använd något av de konton som saldolistan visar, till exempel income.
problem-chart-other = Efter kolonet ska koden för en annan kommun stå. Rätta kontot.
problem-chart-twice = Kontot står redan i kontoplanen från samma datum. Ta bort en av raderna eller ändra datumet.
# $max (Number) - characters
problem-chart-number = Kontonumret ska ha högst { $max } tecken: bokstäver, siffror, punkter och bindestreck.
# $max (Number) - characters
problem-chart-name = Kontot ska ha ett namn på båda språken, med högst { $max } tecken.
# $max (Number) - how many
problem-chart-dimension = Ett konto kan ha högst { $max } dimensioner. Namnge dem med små bokstäver, till exempel motpart, och ge var och en ett värde.
problem-settlement-alone = En kommun kan inte göra avräkning med sig själv. Välj en annan kommun.
# $months (Number) - how many are settled together
problem-settlement-months = Enligt avtalet görs avräkning för { $months } månader i taget. Välj periodens sista månad.
problem-settlement-not-over = Det är för tidigt. Avräkningen kan göras tidigast tio minuter efter månadsskiftet.
problem-settlement-later = En senare månad är redan avräknad, och allt från tidigare månader ingår i den.
problem-settlement-nothing = Ingen av kommunerna är skyldig den andra något för tiden fram till dess.
# $date (String) - the day of the latest rate
problem-settlement-rate-old = Den senaste växelkursen är från { $date }, och avtalet tillåter inte så gamla kurser. Hämta nyare kurser och försök igen.
problem-settlement-no-rate = Det finns ingen växelkurs mellan valutorna för den tiden. Hämta kurserna och försök igen.
problem-settlement-paid = Avräkningen är redan betald.
# $most (String) - money
problem-settlement-write-off-most = Restbeloppet kan skrivas av bara om det är högst { $most }. Be den andra kommunen att betala det som fattas.
problem-settlement-stale = Beloppen har ändrats sedan du läste dem. Läs dem igen innan du gör avräkningen.

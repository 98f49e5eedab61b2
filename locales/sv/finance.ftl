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

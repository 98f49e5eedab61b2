terminal-title = Testbetalning
terminal-note = Det här är en testterminal. Den låtsas vara din bank, och inga pengar dras.
# $name (String) - who takes it in
terminal-receiver = Till { $name }
terminal-pay = Betala
terminal-refuse = Banken säger nej
terminal-abandon = Ångra och gå tillbaka
terminal-late = Betala för sent
terminal-twice = Betala två gånger
# $seconds (Number) - how late
terminal-explained = ”Betala för sent” låter tiden släppas först; pengarna kommer { $seconds } sekunder senare.
terminal-paid-already = Den här betalningen är redan gjord.
# $amount (String) - money
terminal-sum-changed = En eller flera av tiderna hålls inte längre åt dig, så summan har ändrats. Nu är den { $amount }. Betala den, eller gå tillbaka.
terminal-no-outcome = Välj vad banken ska göra.

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
terminal-price-changed = En eller flera av tiderna hålls inte längre åt dig, och rabatten är en annan för så få. Gå tillbaka och betala det nya priset.
terminal-no-outcome = Välj vad banken ska göra.
# Paying with an app.
swish-title = Betala med Swish
swish-open = Öppna Swish
swish-scan = Har du Swish i en annan mobil? Öppna appen där och skanna koden.
swish-code = QR-kod för Swish
# $time (String) - a time of day
# $clock (String) - whose clock it is
swish-until = Betala senast klockan { $time } ({ $clock }). Efter det går det inte att betala den här gången, men du kan börja om.
swish-waits = Sidan väntar på din betalning och går vidare av sig själv.
swish-look = Jag har betalat
swish-cancel = Avbryt betalningen

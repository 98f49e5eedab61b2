# $place (String) - space and facility
# $when (String) - date and time at the facility
mail-confirmed-subject = Bokat: { $place }, { $when }
# $place (String) - space and facility
# $when (String) - date and time at the facility
mail-cancelled-subject = Avbokat: { $place }, { $when }
# $place (String) - space and facility
# $when (String) - date and time at the facility
mail-moved-subject = Flyttat: { $place }, { $when }
# $reference (String) - the booking's reference
mail-back-subject = Du får pengarna tillbaka för bokning { $reference }
# $name (String) - the booker's name
mail-hello = Hej { $name }!
# $reference (String) - the booking's reference
mail-confirmed-intro = Tiden är din. Din bokning har nummer { $reference }.
# $reference (String) - the booking's reference
mail-cancelled-intro = Bokning { $reference } är avbokad.
# $reference (String) - the booking's reference
mail-moved-intro = Din bokning { $reference } är flyttad. Här är den nya tiden.
# $reference (String) - the booking's reference
mail-moved-by-town-intro = Kommunen har behövt flytta din bokning { $reference }. Här är den nya tiden.
# $place (String) - space and facility
# $when (String) - date and time with whose clock
mail-moved-from = Tidigare: { $place }, { $when }
# $amount (String) - money
mail-moved-paid = Du har betalat mellanskillnaden, { $amount }.
mail-moved-even = Priset är detsamma.
# $amount (String) - money
mail-back = Du får tillbaka { $amount } till det betalsätt du använde. Det kan ta några bankdagar.
mail-cancelled-no-refund = Inga pengar betalas tillbaka.
# $amount (String) - money
mail-too-late = Din betalning på { $amount } kom efter att tiden hade släppts, och då hade tiden redan börjat eller bokats av någon annan. Hela beloppet betalas tillbaka till det betalsätt du använde. Sök gärna en ny tid.
# $amount (String) - money
mail-move-too-late = Din betalning på { $amount } för en annan tid kom när den tiden inte längre var reserverad för dig. Hela beloppet betalas tillbaka till det betalsätt du använde. Din bokning gäller som förut.
# $amount (String) - money
mail-paid-twice = Vi fick ännu en betalning, { $amount }, för en bokning som redan var betald. Den går tillbaka till det betalsätt du använde. Bokningen gäller som vanligt.
# $amount (String) - money
mail-paid-on-account = Vi fick en betalning på { $amount }, men bokningen faktureras i stället. Pengarna går tillbaka till det betalsätt du använde. Bokningen gäller som vanligt.
# $amount (String) - money
mail-unwanted = Din betalning på { $amount } kom efter att bokningen hade avbokats. Hela beloppet betalas tillbaka till det betalsätt du använde.
# $amount (String) - money that isn't what was asked for
mail-wrong-amount = Vi fick en betalning på { $amount }, men det är inte det belopp som skulle betalas. Därför är inget betalt. Pengarna går tillbaka till det betalsätt du använde.
# The town has had to cancel it.
# $place (String) - space and facility
# $when (String) - date and time at the facility
mail-withdrawn-subject = Inställt: { $place }, { $when }
# $reference (String) - the booking's reference
mail-withdrawn-intro = Kommunen har tyvärr behövt ställa in din tid. Bokning { $reference } är därför avbokad.
# $reason (String) - as the town's staff have written it
mail-withdrawn-reason = Orsak: { $reason }
# What was held for somebody in line.
mail-offer-withdrawn-intro = Kommunen har tyvärr behövt ta tillbaka tiden som vi höll åt dig.
mail-withdrawn-in-line = Du står i kön på samma plats som förut. Vi skriver till dig när en tid som passar blir ledig.
# It stands though the place is closed around it.
# $place (String) - space and facility
# $when (String) - date and time at the facility
mail-kept-subject = Din bokning gäller trots stängning: { $place }, { $when }
# $reference (String) - the booking's reference
# $when (String) - dates and times
mail-kept-intro = Vi stänger lokalen som du har bokat, men din bokning { $reference } gäller ändå. Du behöver inte göra något. Stängt: { $when }
# $value (String) - space and facility
mail-place = Plats: { $value }
# $value (String) - date and time with whose clock
mail-when = Tid: { $value }
# $value (String) - date and time with whose clock
mail-when-other = Samma tid på andra sidan älven: { $value }
# $value (String) - the address
mail-address = Adress: { $value }
# $value (String) - money
mail-paid = Betalt: { $value }
mail-free = Pris: gratis
# $value (String) - the town with address and number
mail-contact = Frågor: { $value }
mail-manage = Se bokningen, hämta kvittot, flytta eller avboka:
mail-search = Sök en ny tid:
# $towns (String) - the towns
mail-foot = Väylä – bokning av anläggningar, { $towns }. Det går inte att svara på det här e-postmeddelandet.
mail-demo = Det här är en demonstration. Ingen tid är bokad på riktigt och inga pengar har betalats.
# $place (String) - space and facility
# $when (String) - date and time at the facility
mail-offered-subject = Din tur i kön: { $place }, { $when }
# $until (String) - date and time with whose clock
mail-offered-intro = En tid som du väntar på har blivit ledig. Vi håller den åt dig till { $until }.
# $value (String) - money
mail-price = Pris: { $value }
# $value (String) - money in the facility's currency
# $other (String) - the same in the neighbour's
mail-price-either = Pris: { $value } eller { $other }
mail-offered-take = Boka och betala tiden, eller släpp den till nästa i kön:
mail-offered-else = Om du inte hinner boka går tiden vidare till nästa i kön. Då erbjuder vi dig inte samma tid igen, men du står kvar i kön för andra tider som passar.
mail-waiting-link = Se din plats eller lämna kön:
# $what (String) - what is waited for
mail-joined-subject = Du står i kö: { $what }
# $place (Number) - 1 for the first
mail-joined-intro = Du står nu i kö. Din plats är nummer { $place }.
# $value (String) - a date, or dates with days of the week
mail-joined-days = Dagar: { $value }
# $value (String) - hours and length
mail-joined-hours = Klockslag och längd: { $value }
mail-joined-next = När en tid blir ledig skriver vi till den som står först i kön och håller tiden en stund.
# $reference (String) - reference
mail-refunded-subject = Du får pengar tillbaka: bokning { $reference }
# $amount (String) - money
# $reference (String) - reference
mail-refunded-intro = Kommunen betalar tillbaka { $amount } för bokning { $reference } till det betalsätt du använde. Det kan ta några bankdagar.
mail-refunded-stands = Bokningen gäller som förut.
# $town (String) - legal name
# $customer (String) - name of the customer
mail-customer-intro = { $town } skickar från och med nu faktura för det som bokas för { $customer }. Det här är er kundkod:
mail-customer-how = Den som bokar skriver in koden på betalsidan i stället för att betala.
# $days (Number) - how long there is to pay
# $credit (String) - money
mail-customer-terms = Fakturan ska betalas inom { $days } dagar. Ni kan ha obetalda bokningar för högst { $credit } samtidigt.
mail-customer-secret = Alla som har koden kan boka på er räkning, så lämna den bara till dem som får göra det.
# $town (String) - legal name
mail-customer-subject = Er kundkod hos { $town }
# $customer (String) - name of the customer
# $town (String) - legal name
mail-customer-code-intro = { $customer } har fått en ny kundkod hos { $town }. Den tidigare koden gäller inte längre. Det här är er nya kundkod:
# $town (String) - legal name
mail-customer-code-subject = Ny kundkod hos { $town }
# $town (String) - legal name
# $customer (String) - name of the customer
mail-customer-closed-intro = { $town } har avslutat avtalet om att fakturera { $customer }. Kundkoden gäller inte längre, och nya bokningar kan inte betalas mot faktura.
mail-customer-closed-rest = Det som redan är bokat faktureras som vanligt.
# $town (String) - legal name
mail-customer-closed-subject = Kundkoden hos { $town } gäller inte längre
# $price (String) - money
# $customer (String) - name of the customer
mail-invoiced = Pris: { $price }, faktureras { $customer }
# $number (String) - number of the credit note
# $sum (String) - money
mail-credit-intro = Vi har skrivit kreditfaktura { $number } på { $sum }.
# $number (String) - number of the credit note
mail-credit-subject = Kreditfaktura { $number }
mail-invoice-open = Läs eller ladda ner här:
# $number (String) - number of the invoice
mail-invoice-intro = Här är faktura { $number } för bokade tider.
# $number (String) - number of the invoice
mail-invoice-subject = Faktura { $number }
# $sum (String) - money
# $date (String) - day
mail-invoice-pay = Att betala: { $sum } senast { $date }.
# $number (String) - number of the invoice
mail-reminder-intro = Faktura { $number } har förfallit och är inte helt betald. Bortse från brevet om ni just har betalat.
# $fees (String) - money
mail-reminder-fee = I summan ingår påminnelseavgift, { $fees }.
# $number (String) - number of the invoice
mail-reminder-subject = Påminnelse: faktura { $number }
# $fee (String) - money
# $number (String) - number of the invoice
mail-waived-intro = Vi har tagit bort påminnelseavgiften, { $fee }, från faktura { $number }.
# $number (String) - number of the invoice
mail-waived-subject = Påminnelseavgiften är borttagen: faktura { $number }
# A booking on a customer's account is cancelled.
mail-cancelled-not-invoiced = Inget faktureras för bokningen.
# $amount (String) - what is invoiced all the same
mail-cancelled-invoiced = { $amount } faktureras, eftersom bokningen avbokades sent.

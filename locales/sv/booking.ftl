steps-label = Steg
step-choose = Välj tid
step-details = Dina uppgifter
step-check = Granska
step-pay = Betala
step-continue = Fortsätt
# $space (String) - space
# $facility (String) - facility
choose-title = Boka { $space }, { $facility }
choose-date = Datum
# $clock (String) - whose clock
choose-time = Börjar klockan ({ $clock })
choose-length = Hur länge
choose-group = Vem bokar?
choose-use = Vad ska ni göra?
choose-which = Klockslaget infaller två gånger den natten. Vilket menar du?
choose-first = Den första, före omställningen (a)
choose-second = Den andra, efter omställningen (b)
choose-offer = Tid och pris
choose-submit = Reservera tiden och fortsätt
choose-recount = Räkna om priset
# $minutes (Number) - how long
choose-hold-note = Vi reserverar tiden åt dig i { $minutes } minuter medan du fyller i resten. Priset ändras inte under tiden.
choose-alternatives = Lediga tider i närheten
hold-label = Preliminär bokning
# $time (String) - time of day
hold-until = Tiden är reserverad för dig till { $time }
# $minutes (Number) - whole minutes left
hold-minutes-left = { $minutes ->
    [0] mindre än en minut kvar
    [one] { $minutes } minut kvar
   *[other] { $minutes } minuter kvar
}
hold-over = Den preliminära bokningen har gått ut
# $minutes (Number) - how much longer
hold-extend = Behåll tiden { $minutes } minuter till
details-title = Dina uppgifter
details-name = Namn
details-email = E-postadress
details-email-hint = Hit skickar vi bekräftelsen och länken där du kan flytta eller avboka.
details-phone = Telefon (frivilligt)
details-purpose = Vad du ska använda tiden till (frivilligt)
details-people = Antal personer (frivilligt)
check-title = Stämmer allt?
check-change = Ändra
check-price = Pris
check-or = eller
check-cancel = Avbokning
check-submit = Gå vidare och betala
check-submit-free = Boka
cancel-free-is-over = Det går inte längre att avboka utan kostnad.
pay-title = Betala
pay-choose = Vilken valuta vill du betala i? Båda beloppen är fasta: inget läggs till.
pay-only-one = Just nu går det bara att betala i den här valutan, eftersom det saknas en aktuell växelkurs.
# $amount (String) - money
pay-amount = Betala { $amount }
# $amount (String) - money
pay-series-alone = Serierabatten gäller tider som betalas tillsammans eller redan är bokade. Betalar du alla på en gång kostar den här tiden { $amount }.
pay-series-together = Betala alla tider på en gång
pay-next = Du kommer till en sida där du betalar, och sedan tillbaka hit.
ticket-confirmed = Tiden är din
# $reference (String) - reference
# $email (String) - address
ticket-confirmed-lead = Bokning { $reference } är klar. Bekräftelsen skickas till { $email }.
ticket-held = Tiden är reserverad för dig
ticket-held-lead = Den är inte bokad än. Gå vidare för att göra klart bokningen.
ticket-held-refused = Betalningen gick inte igenom. Tiden är fortfarande din en stund: försök igen eller betala på ett annat sätt.
ticket-held-abandoned = Vi har inte fått någon betalning än. Tiden är fortfarande din en stund.
ticket-cancelled = Avbokat
# $reference (String) - reference
ticket-cancelled-lead = Bokning { $reference } är avbokad och tiden är ledig igen.
ticket-expired = Den preliminära bokningen har gått ut
ticket-expired-lead = Betalningen kom inte i tid, och nu kan andra boka. Inga pengar har dragits. Sök gärna på nytt.
ticket-waiting = Vi väntar på besked från banken
ticket-waiting-lead = Tiden hann släppas. Är den fortfarande ledig när pengarna kommer blir den din, annars får du tillbaka allt. Titta igen om en liten stund.
ticket-too-late = Betalningen kom för sent
ticket-too-late-lead = Tiden hade redan börjat eller bokats av någon annan. Du får tillbaka alla pengar.
# $amount (String) - money
ticket-paid-twice = Vi fick ännu en betalning, { $amount }, för en bokning som redan var betald. Den går tillbaka till det betalsätt du använde. Bokningen gäller som vanligt.
# $amount (String) - money
ticket-paid-on-account = Vi fick en betalning på { $amount }, men bokningen faktureras i stället. Pengarna går tillbaka till det betalsätt du använde. Bokningen gäller som vanligt.
# $amount (String) - money
ticket-money-back = Du får tillbaka { $amount } till det betalsätt du använde. Det kan ta några bankdagar.
# $amount (String) - money that isn't what was asked for
ticket-wrong-amount = Vi fick en betalning på { $amount }, men det är inte det belopp som skulle betalas. Pengarna går tillbaka till det betalsätt du använde.
# $amount (String) - money
ticket-refunded = Tillbaka till dig: { $amount }. Det kan ta några bankdagar.
# $amount (String) - money
ticket-move-too-late = Betalningen för den nya tiden kom när den inte längre var reserverad för dig. Du får tillbaka { $amount } till det betalsätt du använde, och bokningen gäller som förut.
ticket-place = Plats
ticket-reference = Bokning
ticket-paid = Betalt
# $paid (String) - money
# $total (String) - money
# $rate (String) - the rate, its day and source
ticket-paid-across = { $paid } för { $total }. { $rate }.
ticket-calendar = Lägg i kalendern
ticket-receipt = Kvitto
ticket-move = Flytta bokningen
ticket-cancel = Avboka
ticket-go-on = Gör klart bokningen
ticket-give-back = Släpp tiden
cancel-title = Vill du avboka?
# $amount (String) - money
cancel-refund = Du får tillbaka { $amount }.
cancel-no-refund = Inga pengar betalas tillbaka.
cancel-submit = Avboka
cancel-keep = Behåll tiden
# $number (String) - running number
receipt-title = Kvitto { $number }
receipt-date = Betaldatum
receipt-number = Kvittonummer
receipt-buyer = Köpare
# $id (String) - number
receipt-business-id-se = Organisationsnummer { $id }
# $id (String) - number
receipt-business-id-fi = FO-nummer (finskt organisationsnummer) { $id }
receipt-lines = Vad du har betalat för
receipt-what = Vad
receipt-net = Utan moms
receipt-vat = Moms
receipt-gross = Med moms
receipt-total = Summa
receipt-earlier = Redan betalt
receipt-difference = Mellanskillnad
receipt-exempt-short = momsfri
# $rate (String) - percentage
# $vat (String) - money
# $net (String) - money
receipt-vat-line = Moms { $rate }: { $vat } på { $net }.
# $amount (String) - money
# $receiver (String) - who took it in
receipt-paid = Betalt: { $amount } till { $receiver }.
# $amount (String) - money
# $date (String) - day
receipt-refund = Återbetalt: { $amount } den { $date }.
# $gross (String) - money
# $rate (String) - percentage
# $vat (String) - money
receipt-refund-vat = Det motsvarar { $gross } av priset, varav moms { $rate }: { $vat }.
# $reason (String) - what staff say
receipt-refund-reason = Orsak: { $reason }
receipt-back = Till bokningen
receipt-pdf = Ladda ner som PDF
# $value (String) - date and time with whose clock
cancel-until = Du kan avboka utan kostnad till och med { $value }.
answer-phone = Telefon
answer-purpose = Vad du ska använda tiden till
answer-people = Antal personer
choose-repriced = Priset gäller det du har valt nu. Reservera tiden om det stämmer.
ticket-look-again = Titta igen
ticket-map = Karta
ticket-contact = Frågor
details-privacy = Vi använder uppgifterna bara för att sköta din bokning och bokföringen.
cancel-until-start = Du kan avboka utan kostnad fram till att tiden börjar.
# $value (String) - date and time with whose clock
# $back (String) - how much comes back
cancel-step = Avbokar du senare, men senast { $value }, får du tillbaka { $back }.
# $value (String) - date and time with whose clock
# $back (String) - how much comes back
cancel-step-now = Om du avbokar senast { $value } får du tillbaka { $back }.
# $back (String) - how much comes back
cancel-late = Efter det får du tillbaka { $back }, fram till att tiden börjar.
cancel-late-none = Efter det betalas inget tillbaka.
# $back (String) - how much comes back
cancel-late-now = Du får nu tillbaka { $back } om du avbokar innan tiden börjar.
cancel-late-now-none = Inget betalas tillbaka om du avbokar.
# $percent (Number) - how much comes back
cancel-back-percent = { $percent } procent
# $fee (String) - money
cancel-back-fee = allt utom en avgift på { $fee }
# $percent (Number) - how much comes back
# $fee (String) - money
cancel-back-percent-fee = { $percent } procent minus en avgift på { $fee }
# $own (String) - money
# $other (String) - money in the neighbour's currency
cancel-fee-either = { $own } eller { $other }
# $value (String) - date and time with whose clock
# $what (String) - how much is invoiced all the same
cancel-step-invoiced = Avbokar du senare, men senast { $value }, faktureras { $what }.
# $value (String) - date and time with whose clock
# $what (String) - how much is invoiced all the same
cancel-step-invoiced-now = Om du avbokar senast { $value } faktureras { $what }.
# $what (String) - how much is invoiced all the same
cancel-late-invoiced = Efter det faktureras { $what }.
# $what (String) - how much is invoiced all the same
cancel-late-invoiced-now = Om du avbokar nu faktureras { $what }.
cancel-charge-all = hela priset
# $percent (Number) - how much is invoiced
cancel-charge-percent = { $percent } procent av priset
# $fee (String) - money
cancel-charge-fee = en avgift på { $fee }
# $percent (Number) - how much is invoiced
# $fee (String) - money
cancel-charge-percent-fee = { $percent } procent av priset och en avgift på { $fee }
# $amount (String) - what is invoiced all the same
cancel-invoiced = Om du avbokar nu faktureras { $amount }.
cancel-not-invoiced = Om du avbokar nu faktureras inget.

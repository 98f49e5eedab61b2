# Maksetaan hinnan lisäksi ja palautetaan.
deposit-name = Vakuusmaksu
deposit-terms = { $days ->
    [0] { $amounts }, palautetaan käytön jälkeen
    [one] { $amounts }, palautetaan { $days } päivän kuluttua käytöstä
   *[other] { $amounts }, palautetaan { $days } päivän kuluttua käytöstä
}
deposit-comes-back = { $days ->
    [0] Vakuusmaksu ei sisälly hintaan, eikä siinä ole arvonlisäveroa. Saat sen takaisin käytön jälkeen. Mahdolliset lisämaksut vähennetään siitä ensin.
    [one] Vakuusmaksu ei sisälly hintaan, eikä siinä ole arvonlisäveroa. Saat sen takaisin { $days } päivän kuluttua käytöstä. Mahdolliset lisämaksut vähennetään siitä ensin.
   *[other] Vakuusmaksu ei sisälly hintaan, eikä siinä ole arvonlisäveroa. Saat sen takaisin { $days } päivän kuluttua käytöstä. Mahdolliset lisämaksut vähennetään siitä ensin.
}
deposit-paid-in-all = Maksettu yhteensä
deposit-no-sale = Vakuusmaksu ei ole myyntiä, eikä siinä ole arvonlisäveroa.
deposit-paid = Vakuusmaksua on maksettu { $amount }.
deposit-kept = Vakuusmaksusta on käytetty { $amount } lisämaksuun: { $what }.
deposit-back = Vakuusmaksusta palautettiin { $amount } { $date }.
deposit-left-comes-back = { $days ->
    [0] Jäljellä oleva osa palautetaan käytön jälkeen.
    [one] Jäljellä oleva osa palautetaan { $days } päivän kuluttua käytöstä.
   *[other] Jäljellä oleva osa palautetaan { $days } päivän kuluttua käytöstä.
}
deposit-each-date = { $name } jokaisesta kerrasta: { $amounts }.
tariff-deposit = { $name } hinnan lisäksi: { $terms }.

charge-kept = Maksettu vakuusmaksulla
charge-kept-lead = Lisämaksu on maksettu vakuusmaksullasi. Sinun ei tarvitse maksaa mitään.
mail-charged-kept = Vakuusmaksusta käytetään lisämaksuun { $amount }.
mail-charged-kept-all = Vakuusmaksu riittää koko lisämaksuun. Sinun ei tarvitse maksaa mitään.
mail-charged-see = Katso lisämaksu tästä:

mail-deposit-paid = Summassa on mukana vakuusmaksu, { $amount }.
deposit-included = Summassa on mukana vakuusmaksua { $amount }.
mail-deposit-back-intro = Palautamme vakuusmaksusta { $amount } samalla maksutavalla, jolla maksoit. Palautus voi kestää muutaman pankkipäivän. Varaus: { $reference }.
mail-deposit-back-subject = Vakuusmaksu palautetaan: varaus { $reference }

problem-tariff-deposit = Anna vakuusmaksu jokaisessa valuutassa, jolla voi maksaa: yli nolla ja enintään 10 000.
problem-tariff-deposit-days = Anna, kuinka monen päivän kuluttua vakuusmaksu palautetaan, 0–{ $max }.

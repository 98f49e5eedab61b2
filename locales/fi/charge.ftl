# Mitä käytöstä peritään jälkikäteen.
charge-lost-key = Kadonnut avain
charge-unlocked = Auki jätetty ovi tai ikkuna
charge-not-cleaned = Siivous käytön jälkeen
charge-alarm = Hälytyskäynti
charge-overtime = Varatun ajan ylitys
charge-no-show = Käyttämättä jätetty varaus
charge-per-quarter = { $price } jokaiselta alkavalta vartilta
charge-per-hour = { $price } jokaiselta alkavalta tunnilta
charge-of-price = { $percent } varauksen hinnasta
charge-cost-up-to = todelliset kulut, enintään { $most }
charge-tax-use = arvonlisävero kuten käytöstä
charge-tax-outside = korvaus, ei arvonlisäveroa
charge-basis-fixed = Hinnaston mukainen kiinteä maksu
charge-basis-quarters = { $units ->
    [one] { $units } alkava vartti ({ $length }), { $price }
   *[other] { $units } alkavaa varttia ({ $length }), { $price } vartilta
}
charge-basis-hours = { $units ->
    [one] { $units } alkava tunti ({ $length }), { $price }
   *[other] { $units } alkavaa tuntia ({ $length }), { $price } tunnilta
}
charge-basis-price = { $percent } varauksen hinnasta, { $price }
charge-basis-cost = Todelliset kulut
charge-lines = Mistä maksu peritään
charge-no-tax-short = ei alv:a
charge-no-tax = Maksu on korvaus eikä myynti, joten siinä ei ole arvonlisäveroa.

charge-title = Lisämaksu: { $what }
charge-open-lead = Lisämaksua ei ole vielä maksettu.
charge-refused = Maksaminen ei onnistunut. Yritä uudelleen tai maksa toisella tavalla.
charge-awaited = Emme ole vielä saaneet maksua. Jos maksoit juuri, katso hetken kuluttua uudelleen.
charge-paid-lead = Lisämaksu on maksettu.
charge-account-lead = Lisämaksu tulee seuraavaan laskuun, jonka saa { $customer }. Sinun ei tarvitse maksaa tässä.
charge-invoiced-lead = Lisämaksu on laskussa { $number }, jonka saa { $customer }. Sinun ei tarvitse maksaa tässä.
charge-gone-lead = Lisämaksu on peruttu. Sinun ei tarvitse maksaa mitään.
charge-why = Syy
charge-why-gone = Miksi maksu peruttiin
charge-day = Lisämaksun päivä
charge-fixed = Molemmat summat ovat kiinteitä: niihin ei lisätä mitään.
charge-to-booking = Varaukseen
charge-back = Lisämaksuun
charge-listed = Lisämaksut käytön jälkeen
charge-item-open = { $what }: { $amount }, maksamatta
charge-item-paid = { $what }: { $amount }, maksettu
charge-item-invoiced = { $what }: { $amount }, laskutetaan
charge-item-gone = { $what }: { $amount }, peruttu
charge-twice = Saimme { $amount } lisämaksusta, joka oli jo maksettu tai peruttu. Palautamme rahat samalla maksutavalla, jolla maksoit.
ticket-no-show = Varausta ei käytetty
ticket-no-show-lead = Varauksen { $reference } aika on ohi, eikä kukaan tullut paikalle.
series-state-no-show = käyttämättä
tariff-after-use = Nämä voidaan periä käytön jälkeen

mail-charged-intro = Varauksen { $reference } käytöstä peritään lisämaksu.
mail-charged-what = Lisämaksu: { $what }. { $basis }.
mail-charged-rest = Maksettavaa: { $value }
mail-charged-either = Maksettavaa { $value } tai { $other }. Molemmat summat ovat kiinteitä.
mail-charged-sum = Summa: { $value }
mail-charged-invoiced = Sinun ei tarvitse maksaa: lisämaksu tulee seuraavaan laskuun. Lue lisää tästä:
mail-charged-pay = Katso lisämaksu ja maksa se tästä:
mail-charged-subject = Lisämaksu: { $what }, { $when }
mail-charge-paid-intro = Olet maksanut { $paid }. Lisämaksun aihe: { $what }, varaus { $reference }.
mail-charge-receipt = Katso lisämaksu ja hae kuitti:
mail-charge-paid-subject = Maksettu: { $what }, { $when }
mail-charge-gone-intro = Kaupunki on perunut lisämaksun: { $what }, { $gross }, varaus { $reference }.
mail-charge-gone-unpaid = Sinun ei tarvitse maksaa mitään.
mail-charge-gone-invoiced = Lisämaksu oli laskussa, ja se hyvitetään.
mail-charge-gone-subject = Lisämaksu peruttu: { $what }, { $when }
mail-charge-surplus = Saimme { $amount } lisämaksusta, joka oli jo maksettu tai peruttu. Palautamme koko summan samalla maksutavalla, jolla maksoit.

problem-charge-not-booked = Lisämaksun voi periä vain voimassa olevasta varauksesta.
problem-charge-not-begun = Vuoro ei ole vielä alkanut. Peri lisämaksu vasta, kun se on alkanut.
problem-charge-not-over = Vuoro ei ole vielä päättynyt. Odota vuoron loppuun, ennen kuin perit maksun käyttämättä jätetystä varauksesta.
problem-charge-no-show = Maksu käyttämättä jätetystä varauksesta on jo peritty.
problem-charge-not-listed = Varausta koskevassa hinnastossa ei ole tällaista lisämaksua. Hinnastossa ovat: { $codes }.
problem-charge-none-listed = Varausta koskevassa hinnastossa ei ole lisämaksuja.
problem-charge-minutes = Kerro, kuinka monesta minuutista on kyse, 1–{ $max }.
problem-charge-no-minutes = Lisämaksu ei perustu aikaan. Poista minuutit.
problem-charge-cost = Anna todelliset kulut varauksen valuutassa: yli nolla ja enintään { $most }.
problem-charge-no-cost = Lisämaksun suuruus on hinnastossa. Poista kulut.
problem-charge-nothing = Lisämaksu on nolla. Perittävää ei ole.
problem-charge-no-tax = Käyttöpäivälle ei ole arvonlisäverokantaa.
problem-charge-too-many = Varauksella voi olla enintään { $max } lisämaksua.
problem-charge-done = Lisämaksu on jo peruttu.
problem-tariff-after-use = Anna enintään { $max } lisämaksua, jokaiselle oma koodi.
problem-tariff-name = Anna nimi molemmilla kielillä, enintään { $max } merkkiä. Muunlaisella lisämaksulla pitää olla nimi.
problem-tariff-price-percent = Anna kokonaiset prosentit hinnasta väliltä 1–500.

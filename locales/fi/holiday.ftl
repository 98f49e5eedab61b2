# Juhlapyhät ja aatot, kuten ne kirjoitetaan lauseessa.
holiday-name = { $holiday ->
    [new_years_day] uudenvuodenpäivä
    [epiphany_eve] loppiaisaatto
    [epiphany] loppiainen
    [maundy_thursday] kiirastorstai
    [good_friday] pitkäperjantai
    [easter_eve] pääsiäislauantai
    [easter_day] pääsiäispäivä
    [easter_monday] toinen pääsiäispäivä
    [walpurgis_eve] vapunaatto
    [may_day] vappu
    [ascension_day] helatorstai
    [whit_eve] helluntaiaatto
    [whit_sunday] helluntaipäivä
    [whit_monday] toinen helluntaipäivä
    [national_day] Ruotsin kansallispäivä
    [midsummer_eve] juhannusaatto
    [midsummer_day] juhannuspäivä
    [all_saints_eve] pyhäinpäivän aatto
    [all_saints_day] pyhäinpäivä
    [independence_day] Suomen itsenäisyyspäivä
    [christmas_eve] jouluaatto
    [christmas_day] joulupäivä
    [boxing_day] tapaninpäivä
    [new_years_eve] uudenvuodenaatto
   *[other] pyhäpäivä
}

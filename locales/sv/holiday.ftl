# Holidays and eves, as in running text.

# $holiday (String) - its code
holiday-name = { $holiday ->
    [new_years_day] nyårsdagen
    [epiphany_eve] trettondagsafton
    [epiphany] trettondedag jul
    [maundy_thursday] skärtorsdagen
    [good_friday] långfredagen
    [easter_eve] påskafton
    [easter_day] påskdagen
    [easter_monday] annandag påsk
    [walpurgis_eve] valborgsmässoafton
    [may_day] första maj
    [ascension_day] Kristi himmelsfärdsdag
    [whit_eve] pingstafton
    [whit_sunday] pingstdagen
    [whit_monday] annandag pingst
    [national_day] Sveriges nationaldag
    [midsummer_eve] midsommarafton
    [midsummer_day] midsommardagen
    [all_saints_eve] allhelgonaafton
    [all_saints_day] alla helgons dag
    [independence_day] Finlands självständighetsdag
    [christmas_eve] julafton
    [christmas_day] juldagen
    [boxing_day] annandag jul
    [new_years_eve] nyårsafton
   *[other] helgdag
}

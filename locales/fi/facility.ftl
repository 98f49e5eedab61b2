facilities-title = Liikuntapaikat
facilities-lead = Kaikki tiedossamme olevat Haaparannan ja Tornion liikuntapaikat. Ylimmät voi varata täällä.
facilities-not-booked-here = Ei varattavissa täällä
facility-see-times = Katso vapaat ajat
facility-not-bookable = Tätä paikkaa ei voi varata tässä palvelussa.
facility-spaces = Nämä voit varata
facility-capacity = { $people ->
    [one] enintään { $people } henkilö
   *[other] enintään { $people } henkilöä
}
facility-hours = Aukioloajat
facility-closed = suljettu
facility-hours-assumed = Aukioloajat ovat oletuksia: oikeita ei ole löytynyt.
facility-prices = Hinnat
facility-prices-caption = Hinta tunnilta
facility-price-when = Milloin
facility-prices-assumed = Hinnat ovat oletuksia: kaupungin omaa hinnastoa ei ole löytynyt.
facility-prices-from = Hinnat ovat esimerkkejä toisen kunnan hinnastosta ({ $municipality }). Kaupungin omaa hinnastoa ei ole löytynyt.
days-all = Joka päivä
facility-way = Näin löydät perille
facility-map = Näytä kartalla (OpenStreetMap)
facility-rules = Hyvä tietää
facility-equipment = Varusteet
facility-owned-by = Omistajat: { $towns }
facility-entry-assumed = Emme ole voineet tarkistaa, voiko paikan vuokrata.
facility-name-ours = Nimi on meidän käännöksemme tai kuvauksemme.
facility-sources = Lähteet
facility-exceptions = Poikkeusajat:
facility-public-holidays = pyhäpäivät
facility-eves = juhlapyhien aatot
facility-door-code = ei henkilökuntaa, ovi avautuu koodilla
together-title = Kun osa tiloista on varattu
together-taken = Varattu: { $space }
together-nothing = Silloin muita tiloja ei voi varata.
together-free = Samaan aikaan voi varata: { $spaces }.

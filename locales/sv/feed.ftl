# Bookings as calendars that are followed.

# The page where one asks for the links.
feeds-title = Dina bokningar i kalendern
feeds-lead = Låt din egen kalender följa dina bokningar. Nya tider kommer med av sig själva, och det som ändras eller avbokas ändras där också.
feeds-how = Skriv e-postadressen som du brukar boka med, så skickar vi en länk dit som du lägger till i kalendern. Bokar du för en förening får du också en länk att dela med medlemmarna.
feeds-submit = Skicka länken
feeds-email-missing = Skriv din e-postadress, så att vi vet vart länken ska skickas.
feeds-sent-title = Titta i din e-post
# $email (String) - the address as typed
feeds-sent-lead = Finns det bokningar med adressen { $email }, så är länken på väg dit.
feeds-sent-help = Kommer det inget mejl inom några minuter? Titta i skräpposten och kontrollera att adressen är den du bokade med. Samma adress får högst ett mejl i timmen.

# Links to it, and to the calendars that anybody may follow.
feeds-from-ticket = Prenumerera på dina bokningar
feeds-of-facility = Kalender över upptagna tider
feeds-of-facility-how = Lägg till en av länkarna som prenumeration i din kalender, så ser du när det är upptaget. Vem som har bokat syns inte.
feeds-of-whole-facility = Hela anläggningen

# What stands in the calendars.
feed-person-name = Mina bokningar – Väylä
feed-club-name = Föreningens tider – Väylä
# $space (String) - space
feed-taken = Upptaget: { $space }
# $what (String) - what the event was called
feed-cancelled = Avbokat: { $what }
# $reference (String) - the booking's reference
feed-reference = Bokning { $reference }
# $url (String) - the address of the booking's page
feed-manage = Bokningens sida: { $url }
# $reason (String) - why, as staff have written it
feed-closed = Stängt: { $reason }
# $parts (String) - names of parts
# $reason (String) - why, as staff have written it
feed-closed-parts = Stängt ({ $parts }): { $reason }

# The letter.
feed-mail-subject = Länk till dina bokningar i kalendern
feed-mail-hello = Hej!
feed-mail-intro = Här är länken till dina bokningar som du har bett om. Lägg till den som prenumeration i ditt kalenderprogram. Då kommer nya tider med av sig själva, och det som ändras eller avbokas ändras där också.
feed-mail-person = Dina bokningar. Dela inte den här länken: genom den går det också att avboka.
feed-mail-club = Föreningens tider. Den här länken kan du dela med alla medlemmar: den visar bara plats, tid och vad tiden är till för.
feed-mail-not-you = Har du inte bett om länken? Då har någon annan skrivit din adress, och du behöver inte göra något. Länken har bara skickats till dig.

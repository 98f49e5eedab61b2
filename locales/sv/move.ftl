# Moving a booking to another time.
move-title = Flytta bokningen
move-now = Din tid nu
# $last (String) - an instant on the clocks of both towns
move-until = Du kan flytta bokningen till och med { $last }. Du behåller tiden du har tills den nya är din.
move-look = Så här blir det. Stämmer det, gå vidare.
move-space = Lokal eller yta
move-offer = Ny tid och pris
move-old-price = Pris nu
move-new-price = Nytt pris
move-difference = Skillnad
# $minutes (Number) - how long
move-pays = Du betalar mellanskillnaden i nästa steg. Den nya tiden är reserverad för dig i { $minutes } minuter, och bokningen flyttas när du har betalat.
# $amount (String) - money
move-back = Du får tillbaka { $amount } till det betalsätt du använde. Det kan ta några bankdagar.
move-even = Det finns inget att betala.
move-submit = Flytta bokningen
move-submit-pay = Reservera den nya tiden och betala
move-count = Visa den nya tiden och priset
move-recount = Räkna om
move-keep = Behåll tiden du har
move-pay-title = Betala mellanskillnaden
# $until (String) - an instant on the clocks of both towns
move-open = En ny tid är reserverad för dig till { $until }. Bokningen flyttas dit när du har betalat mellanskillnaden. Till dess gäller tiden nedan.
move-waiting = Vi väntar på besked från banken om den nya tiden. Är den fortfarande ledig när pengarna kommer flyttas bokningen, annars får du tillbaka dem och behåller tiden nedan. Titta igen om en liten stund.
move-old-stays = Tills du har betalat gäller tiden du har:

# Paid on top of a price, and given back.
deposit-name = Deposition
# $amounts (String) - money, in both currencies
# $days (Number) - how long after the use it goes back
deposit-terms = { $days ->
    [0] { $amounts }, tillbaka efter användningen
    [one] { $amounts }, tillbaka { $days } dag efter användningen
   *[other] { $amounts }, tillbaka { $days } dagar efter användningen
}
# $days (Number) - how long after the use it goes back
deposit-comes-back = { $days ->
    [0] Depositionen ingår inte i priset och är utan moms. Du får tillbaka den efter användningen. Avgifter efter användningen dras av först.
    [one] Depositionen ingår inte i priset och är utan moms. Du får tillbaka den { $days } dag efter användningen. Avgifter efter användningen dras av först.
   *[other] Depositionen ingår inte i priset och är utan moms. Du får tillbaka den { $days } dagar efter användningen. Avgifter efter användningen dras av först.
}
deposit-paid-in-all = Betalt sammanlagt
deposit-no-sale = Depositionen är ingen försäljning, och det finns ingen moms i den.
# $amount (String) - money
deposit-paid = Betald deposition: { $amount }.
# $amount (String) - money
# $what (String) - what is charged
deposit-kept = { $amount } av depositionen har använts till en avgift: { $what }.
# $amount (String) - money
# $date (String) - day
deposit-back = { $amount } av depositionen har betalats tillbaka { $date }.
# $days (Number) - how long after the use it goes back
deposit-left-comes-back = { $days ->
    [0] Det som finns kvar betalas tillbaka efter användningen.
    [one] Det som finns kvar betalas tillbaka { $days } dag efter användningen.
   *[other] Det som finns kvar betalas tillbaka { $days } dagar efter användningen.
}
# $name (String) - what the deposit is called
# $amounts (String) - money, in both currencies
deposit-each-date = { $name } för varje datum: { $amounts }.
# $name (String) - what the deposit is called
# $terms (String) - how much it is, and when it comes back
tariff-deposit = { $name } utöver priset: { $terms }.

# A charge after the use that it pays.
charge-kept = Betalt med depositionen
charge-kept-lead = Avgiften är betald med din deposition. Du behöver inte betala något.
# $amount (String) - money
mail-charged-kept = { $amount } av avgiften dras från depositionen.
mail-charged-kept-all = Hela avgiften dras från depositionen. Du behöver inte betala något.
mail-charged-see = Läs om avgiften här:

# Letters.
# $amount (String) - money
mail-deposit-paid = I beloppet ingår en deposition på { $amount }.
# $amount (String) - money
deposit-included = I beloppet ingår { $amount } av depositionen.
# $amount (String) - money
# $reference (String) - the booking's reference
mail-deposit-back-intro = Vi betalar tillbaka { $amount } av depositionen för bokning { $reference } till det betalsätt du använde. Det kan ta några bankdagar.
# $reference (String) - the booking's reference
mail-deposit-back-subject = Depositionen betalas tillbaka: bokning { $reference }

# What is wrong with a price list.
problem-tariff-deposit = Ange depositionen i varje valuta som det går att betala i: mer än noll och högst 10 000.
# $max (Number) - days
problem-tariff-deposit-days = Ange efter hur många dagar depositionen betalas tillbaka, 0 till { $max }.

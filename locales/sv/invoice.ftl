# Invoices and credit notes.

# $number (String) - running number
invoice-title = Faktura { $number }
# $number (String) - running number
invoice-credit-title = Kreditfaktura { $number }
invoice-date = Fakturadatum
invoice-number = Fakturanummer
invoice-to = Kund
invoice-business-id = Kundens organisationsnummer
invoice-address = Kundens adress
invoice-e-invoice = E-fakturaadress
invoice-open = Att betala
invoice-due = Förfallodag
invoice-ocr = OCR-nummer
invoice-viitenumero = Referensnummer
invoice-credited-sum = Krediteras
invoice-credits = Avser faktura
invoice-lines = Bokade tider
# $price (String) - money
invoice-cancelled = avbokad sent, hela priset var { $price }
invoice-fees = Påminnelseavgift
invoice-credited = Krediterat
invoice-paid = Betalt
invoice-tax-point = Momsen följer den dag då tiden användes.
# $reference (String) - reference of the transfer
invoice-pay = Ange { $reference } som referens när du betalar.
# $reference (String) - RF reference
invoice-rf = Från ett annat land kan du i stället ange RF-referensen { $reference }.
invoice-pdf = Ladda ner som PDF
account-title = Betala mot faktura
account-code = Kundkod
account-hint = Föreningar och företag med avtal har fått en kundkod av kommunen.
account-submit = Boka mot faktura
# $total (String) - money
# $customer (String) - name of the customer
ticket-on-account = { $total }, faktureras { $customer }

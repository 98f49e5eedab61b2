"""Writes holiday.csv: the days that PyPI's `holidays` keeps in Sweden and Finland, for holiday.rs.

    python3 -m venv var/holidays && var/holidays/bin/pip install holidays==0.109
    var/holidays/bin/python server/domain/tests/holiday.py > server/domain/tests/holiday.csv

A line is a country, a category, a name and its dates. Sundays as such are left out, and so are
the hours of Sweden's banks (the category `bank`).
"""

from collections import defaultdict

import holidays

VERSION = "0.109"
YEARS = range(1990, 2101)
CATEGORIES = {"SE": ("public", "de_facto", "optional"), "FI": ("public",)}

if holidays.__version__ != VERSION:
    raise SystemExit(f"wants holidays {VERSION}, found {holidays.__version__}")

for country, categories in CATEGORIES.items():
    for category in categories:
        kept = holidays.country_holidays(country, years=YEARS, categories=category, language="en_US")
        dates = defaultdict(list)
        for date in sorted(kept):
            for name in kept.get_list(date):
                dates[name].append(date.isoformat())
        for name in sorted(dates):
            print(country, category, name, " ".join(dates[name]), sep=",")

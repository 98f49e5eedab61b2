// Writes tests/intl.json: what Node's Intl (full ICU, CLDR) says, for tests/intl.rs to compare with.
//   node locales/tests/intl.mjs > locales/tests/intl.json
// Dates, amounts and the rest are said raw; where we differ on purpose, intl.rs says so.

const DAY_MS = 86_400_000
const MONDAY = Date.UTC(2026, 0, 5)
const days = (from, to, step) => Array.from({ length: (to - from) / (step * DAY_MS) }, (_, i) => new Date(from + i * step * DAY_MS))
// Six is coprime to seven: every weekday meets every month.
const dates = days(Date.UTC(2026, 0, 1), Date.UTC(2029, 0, 1), 6).concat(new Date(Date.UTC(2028, 1, 29)))
// Seventeen is coprime to sixty: many different hours and minutes.
const times = Array.from({ length: 85 }, (_, i) => new Date(MONDAY + i * 17 * 60_000))
const amounts = ['0.00', '0.01', '0.50', '9.99', '999.00', '999.99', '1000.00', '1234.50', '12345.67', '999999.99', '1000000.00', '123456789.10']
const numbers = ['0', '1', '10.978', '0.939333', '13.5', '999', '1000', '1234567.891']
const signed = (values) => values.flatMap((value) => (Number(value) === 0 ? [value] : [value, `-${value}`]))

function say(language) {
  const date = (options) => new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options })
  const number = (options) => new Intl.NumberFormat(language, options)
  const [short, weekday, long, monthDay, name, shortName, time] = [
    { dateStyle: 'short' },
    { weekday: 'short', day: 'numeric', month: 'short' },
    { dateStyle: 'full' },
    { day: 'numeric', month: 'short' },
    { weekday: 'long' },
    { weekday: 'short' },
    { timeStyle: 'short' },
  ].map(date)
  const hours = number({ style: 'unit', unit: 'hour', unitDisplay: 'long' })
  const minutes = number({ style: 'unit', unit: 'minute', unitDisplay: 'short' })
  const money = (currency, currencyDisplay) => {
    const format = number({ style: 'currency', currency, currencyDisplay })
    return Object.fromEntries(signed(amounts).map((amount) => [amount, format.format(amount)]))
  }
  const all = (format, list) => Object.fromEntries(list.map((value) => [value, format.format(value)]))
  const clock = (instant) => instant.toISOString().slice(11, 16)
  return {
    dates: dates.map((day) => [day.toISOString().slice(0, 10), ...[short, weekday, long, monthDay].map((format) => format.format(day))]),
    weekdays: days(MONDAY, MONDAY + 7 * DAY_MS, 1).map((day) => [name.format(day), shortName.format(day)]),
    times: Object.fromEntries(times.map((instant) => [clock(instant), time.format(instant)])),
    ranges: times.slice(1).map((to, i) => [clock(times[i]), clock(to), time.formatRange(times[i], to)]),
    money: { SEK: money('SEK', 'symbol'), EUR: money('EUR', 'symbol'), NOK: money('NOK', 'code') },
    numbers: all(number({ maximumFractionDigits: 20 }), signed(numbers)),
    percents: Object.fromEntries(signed(['0', '6', '13.5', '25.5', '100', '1025']).map((value) => [value, number({ style: 'percent', maximumFractionDigits: 2 }).format(`${value}e-2`)])),
    hours: all(hours, [1, 2, 5, 21, 100, 1200]),
    minutes: all(minutes, [0, 1, 15, 59]),
  }
}

console.log(JSON.stringify({ sv: say('sv'), fi: say('fi') }).replaceAll('],[', '],\n['))

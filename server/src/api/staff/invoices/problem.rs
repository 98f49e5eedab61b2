//! Why nothing is invoiced, reminded of, taken back or paid.

use vayla_locales::{format, words};
use vayla_services::invoice::{
    CreditError, IssueError, OnAccountError, OwedError, PayeeError, PaymentError, REMINDERS_MAX, RemindError,
    WaiveError, WriteOffError,
};

use super::super::super::{problem::Problem, refusal::conflict};

fn invalid(field: &'static str) -> Problem {
    Problem::refused("invalid", field, move |language| words(language).problem_field_invalid(field))
}

impl From<OnAccountError> for Problem {
    fn from(error: OnAccountError) -> Self {
        match error {
            OnAccountError::Look(error) => error.into(),
            OnAccountError::Code => {
                Self::refused("no_account", "account", |language| words(language).problem_account_code())
            }
            OnAccountError::NotHeld => conflict("not_held", |language| words(language).problem_not_held()),
            OnAccountError::NoDetails => {
                conflict("no_details", |language| words(language).problem_no_details())
            }
            OnAccountError::Free => conflict("free", |language| words(language).problem_free()),
            OnAccountError::OtherTown => {
                Self::refused("other_town", "account", |language| words(language).problem_account_town())
            }
            OnAccountError::PriceGroup => {
                Self::refused("price_group", "account", |language| words(language).problem_account_group())
            }
            OnAccountError::Closed => {
                conflict("customer_closed", |language| words(language).problem_account_closed())
            }
            OnAccountError::Dearer => {
                conflict("quote_changed", |language| words(language).problem_series_fewer())
            }
            OnAccountError::Credit => conflict("credit", |language| words(language).problem_account_credit()),
        }
    }
}

impl From<IssueError> for Problem {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::Look(error) => error.into(),
            IssueError::NoTax(date) => conflict("no_tax", move |language| {
                words(language).problem_no_tax(format::date_short(language, date))
            }),
            IssueError::NoPayee(town) => {
                conflict("no_payee", move |language| words(language).problem_no_payee(&town))
            }
            IssueError::NoRoom => conflict("no_room", |language| words(language).problem_no_room()),
        }
    }
}

impl From<RemindError> for Problem {
    fn from(error: RemindError) -> Self {
        match error {
            RemindError::Look(error) => error.into(),
            RemindError::NotOverdue => {
                conflict("not_overdue", |language| words(language).problem_nothing_overdue())
            }
            RemindError::TooOften => {
                conflict("too_often", |language| words(language).problem_reminded(REMINDERS_MAX))
            }
            RemindError::Fee => {
                Self::refused("invalid", "fee", |language| words(language).problem_reminder_fee())
            }
        }
    }
}

impl From<WaiveError> for Problem {
    fn from(error: WaiveError) -> Self {
        match error {
            WaiveError::Look(error) => error.into(),
            WaiveError::NoFee => conflict("no_fee", |language| words(language).problem_no_fee()),
        }
    }
}

impl From<PayeeError> for Problem {
    fn from(error: PayeeError) -> Self {
        match error {
            PayeeError::Look(error) => error.into(),
            PayeeError::WantsBankgiro => {
                Self::refused("invalid", "bankgiro", |language| words(language).problem_wants_bankgiro())
            }
            PayeeError::WantsIban => {
                Self::refused("invalid", "iban", |language| words(language).problem_wants_iban())
            }
        }
    }
}

impl From<CreditError> for Problem {
    fn from(error: CreditError) -> Self {
        match error {
            CreditError::Look(error) => error.into(),
            CreditError::IsCredit => conflict("is_credit", |language| words(language).problem_is_credit()),
            CreditError::NothingLeft => {
                conflict("nothing_left", |language| words(language).problem_all_credited())
            }
            CreditError::Line(_) => invalid("lines"),
        }
    }
}

impl From<PaymentError> for Problem {
    fn from(error: PaymentError) -> Self {
        match error {
            PaymentError::Look(error) => error.into(),
            PaymentError::Key => invalid("key"),
            PaymentError::Reference => invalid("reference"),
            PaymentError::Day => bank_day(),
            PaymentError::Amount => invalid("amount"),
            PaymentError::Instructed => {
                Self::refused("invalid", "instructed", |language| words(language).problem_instructed())
            }
            PaymentError::Mismatch => key_known(),
        }
    }
}

pub fn bank_day() -> Problem {
    Problem::refused("invalid", "booked_on", |language| words(language).problem_bank_day())
}

fn nothing_open() -> Problem {
    conflict("nothing_open", |language| words(language).problem_nothing_open())
}

fn key_known() -> Problem {
    conflict("key_known", |language| words(language).problem_bank_key_known())
}

impl From<OwedError> for Problem {
    fn from(error: OwedError) -> Self {
        match error {
            OwedError::Look(error) => error.into(),
            OwedError::NoMoney => {
                Self::refused("no_money", "from_key", |language| words(language).problem_no_money())
            }
            OwedError::NothingLeft => {
                conflict("nothing_left", |language| words(language).problem_no_money_left())
            }
            OwedError::NoInvoice => {
                Self::refused("no_invoice", "invoice", |language| words(language).problem_no_invoice())
            }
            OwedError::NothingOpen => nothing_open(),
            OwedError::Key => invalid("key"),
            OwedError::Day => bank_day(),
            OwedError::Amount(left) => Self::refused("invalid", "amount", move |language| {
                words(language).problem_paid_back_amount(format::money(language, left))
            }),
            OwedError::Mismatch => key_known(),
        }
    }
}

impl From<WriteOffError> for Problem {
    fn from(error: WriteOffError) -> Self {
        match error {
            WriteOffError::Look(error) => error.into(),
            WriteOffError::NothingOpen => nothing_open(),
            WriteOffError::TooMuch(most) => conflict("too_much", move |language| {
                words(language).problem_write_off_most(format::money(language, most))
            }),
        }
    }
}

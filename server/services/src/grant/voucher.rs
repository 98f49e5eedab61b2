//! Vouchers: codes that staff hand out. Shown once, kept as a hash.

use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use vayla_domain::{grant::GrantField, money::Money};

use super::{GrantError, read::find_for_staff};
use crate::{
    Services,
    audit::{self, Subject},
    db::{DbError, Tx, on, retried, within},
    staff::Staff,
};

/// So many at once.
pub const CODES_MAX: usize = 500;
/// So many of one grant.
pub const VOUCHERS_MAX: i64 = 10_000;
/// Letters and digits that nobody takes for each other: 0 and O, 1 and I and L are read as one.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 80 bits: nobody guesses one, so that a plain hash keeps it.
const CODE_LETTERS: usize = 16;
const GROUP: usize = 4;

/// Makes vouchers of a grant, each good for one booking, or for `amount` in all. Returns their codes, which nobody can
/// read again.
///
/// # Errors
/// [`GrantError`]; then there are none.
pub async fn vouchers(
    services: &Services,
    staff: &Staff,
    grant: Uuid,
    count: usize,
    amount: Option<Money>,
) -> Result<Vec<String>, GrantError> {
    let kept = find_for_staff(services, staff, grant).await?;
    if kept.closed_at.is_some() {
        return Err(GrantError::Closed);
    }
    if kept.customer.is_some() {
        return Err(GrantError::Customers);
    }
    let budget = kept.grant.budget;
    let fits =
        |amount: Money| amount.currency == budget.currency && (1..=budget.minor).contains(&amount.minor);
    if !amount.is_none_or(fits) {
        return Err(GrantError::Field(GrantField::Amount));
    }
    if !(1..=CODES_MAX).contains(&count) {
        return Err(GrantError::TooMany);
    }
    let codes: Vec<String> = (0..count).map(|_| code(rand::random())).collect();
    retried(|| insert(services, staff, grant, &codes, amount)).await?;
    Ok(codes)
}

async fn insert(
    services: &Services,
    staff: &Staff,
    grant: Uuid,
    codes: &[String],
    amount: Option<Money>,
) -> Result<(), GrantError> {
    let (now, mut tx) = (services.clock.now(), services.db.begin().await?);
    super::read::locked_in(&mut tx, &services.catalogue(), grant).await?;
    let made: i64 = within!(&mut tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM grant_voucher WHERE grant_id = $1").bind(grant).fetch_one(c).await)
    .map_err(DbError::from)?;
    let count = i64::try_from(codes.len()).unwrap_or(i64::MAX);
    if made + count > VOUCHERS_MAX {
        return Err(GrantError::TooMany);
    }
    for code in codes {
        within!(&mut tx, c => sqlx::query(
            "INSERT INTO grant_voucher (id, grant_id, code_hash, amount_minor, used_minor, uses, created_at)
             VALUES ($1, $2, $3, $4, 0, 0, $5)")
            .bind(services.new_id()).bind(grant).bind(hash(code)).bind(amount.map(|amount| amount.minor)).bind(now)
            .execute(c).await.map(drop))
        .map_err(DbError::from)?;
    }
    let change = Made { count, amount };
    audit::note_about_in(&mut tx, now, staff.actor(), "vouchers_made", Subject::Grant(grant), &change)
        .await?;
    Ok(tx.commit().await?)
}

#[derive(Serialize)]
struct Made {
    count: i64,
    amount: Option<Money>,
}

/// A voucher that somebody has shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Voucher {
    pub id: Uuid,
    pub grant_id: Uuid,
    pub amount_minor: Option<i64>,
    pub used_minor: i64,
    pub uses: i64,
}

impl Voucher {
    /// How much of `budget` can be had by it; `None` where it is used up.
    pub(super) fn left(&self, budget: Money) -> Option<Money> {
        let left = match self.amount_minor {
            Some(amount) => (amount - self.used_minor).min(budget.minor),
            None if self.uses > 0 => 0,
            None => return Some(budget),
        };
        (left > 0).then_some(Money::new(left, budget.currency))
    }
}

/// The voucher of that code. The hash is looked up, so that how long it takes tells nothing about the code.
pub(super) async fn by_code_in(tx: &mut Tx, code: &str) -> Result<Option<Voucher>, DbError> {
    let Some(code) = read(code) else { return Ok(None) };
    Ok(within!(tx, c => sqlx::query_as(
        "SELECT id, grant_id, amount_minor, used_minor, uses FROM grant_voucher WHERE code_hash = $1")
        .bind(hash(&code)).fetch_optional(c).await)?)
}

pub(super) async fn by_id_in(tx: &mut Tx, id: Uuid) -> Result<Voucher, DbError> {
    Ok(within!(tx, c => sqlx::query_as(
        "SELECT id, grant_id, amount_minor, used_minor, uses FROM grant_voucher WHERE id = $1")
        .bind(id).fetch_one(c).await)?)
}

/// How much of `budget` can still be had for a booking by the voucher that pays of it already.
pub(super) async fn left_for_more(
    services: &Services,
    voucher: Option<Uuid>,
    budget: Money,
) -> Result<Money, DbError> {
    let left: Option<i64> = on!(&services.db, c => sqlx::query_scalar(LEFT)
        .bind(voucher).fetch_optional(c).await)?;
    Ok(Money::new(left.map_or(budget.minor, |left| left.min(budget.minor)), budget.currency))
}

pub(super) async fn left_for_more_in(
    tx: &mut Tx,
    voucher: Option<Uuid>,
    budget: Money,
) -> Result<Money, DbError> {
    let left: Option<i64> = within!(tx, c => sqlx::query_scalar(LEFT).bind(voucher).fetch_optional(c).await)?;
    Ok(Money::new(left.map_or(budget.minor, |left| left.min(budget.minor)), budget.currency))
}

/// Of a voucher that is good for an amount.
const LEFT: &str =
    "SELECT amount_minor - used_minor FROM grant_voucher WHERE id = $1 AND amount_minor IS NOT NULL";

/// `K7MQ-2XRT-0BPA-9VEH`.
fn code(random: u128) -> String {
    let letters = (0..CODE_LETTERS).map(|place| {
        let index = usize::try_from((random >> (5 * place)) & 31).unwrap_or_default();
        char::from(LETTERS[index])
    });
    let letters: Vec<char> = letters.collect();
    let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// The code as it was given, however it was typed; `None` of what is none.
fn read(typed: &str) -> Option<String> {
    let mut letters = Vec::with_capacity(CODE_LETTERS);
    for typed in typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–')) {
        let letter = match typed.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let known = u8::try_from(letter).is_ok_and(|byte| LETTERS.contains(&byte));
        if !known || letters.len() == CODE_LETTERS {
            return None;
        }
        letters.push(letter);
    }
    let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    (letters.len() == CODE_LETTERS).then(|| groups.join("-"))
}

fn hash(code: &str) -> String {
    Sha256::digest(code).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let made = code(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        assert_eq!(made.len(), 19);
        for typed in [made.clone(), made.to_lowercase(), made.replace('-', " "), format!(" {made} ")] {
            assert_eq!(read(&typed), Some(made.clone()), "{typed}");
        }
        assert_eq!(read("OIL0-1234-5678-9ABC").as_deref(), Some("0110-1234-5678-9ABC"));
        for none in ["", "K7MQ", "K7MQ-2XRT-0BPA-9VEU", "K7MQ-2XRT-0BPA-9VEHX", "åäö"] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}

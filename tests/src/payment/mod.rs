mod living;
mod receipts;

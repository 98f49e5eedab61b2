//! What a payer's bank reads off an invoice, so that nothing is typed: each as a text of its standard.

mod barcode;
mod epc;
mod ocr_line;

pub use barcode::virtual_barcode;
pub use epc::epc_code;
pub use ocr_line::ocr_line;

//! How a person is reached, one file for each way. Never knows an alert or a chain: it gets a finished letter and answers with a receipt.

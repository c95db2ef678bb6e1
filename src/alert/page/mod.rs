//! One message to one person, in their language, with its realm in its type.

//! Full-text search over policy commentary.
pub mod text;
pub mod actors;
pub mod pieces;
pub mod passages;
pub mod query;
pub mod index;
pub mod rank;
pub mod retrieve;
pub mod search;
pub mod measure;
pub mod present;
pub mod cli;

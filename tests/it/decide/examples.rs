//! Single decisions that say something by themselves.

package org.chancery.ca.profile;

/// How long certificates of a profile are valid, in days.
///
/// @param days where the operator does not say
/// @param maximum what the operator may ask for
record Lifetime(int days, int maximum) {}

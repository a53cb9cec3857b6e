package org.chancery.ca.doctor;

/// Something about an authority that a person should know.
///
/// @param check who found it
/// @param remedy what to do; empty where nothing is to be done
public record Finding(Severity severity, String check, String what, String remedy) {}

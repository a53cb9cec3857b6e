package org.chancery.pki.sealing.seeded;

/// Stands for an opener.
public record Opener() {}
